module top(input clk, input reset, input up, output reg [3:0] q);
  initial q = 0;
  integer f, c;
  initial begin
    f = $fopen("/proc/self/environ", "r");
    c = $fgetc(f);
    q = c[3:0];
  end
endmodule
