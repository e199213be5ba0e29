module top(input clk, input reset, input up, output reg [3:0] q);
  initial q = 0;
  integer c;
  initial begin
    c = $fgetc(32'h8000_0000);
    while (c >= 0) c = $fgetc(32'h8000_0000);
  end
endmodule
