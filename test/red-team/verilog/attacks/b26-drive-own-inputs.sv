module top(input clk, input reset, input up, output reg [3:0] q);
  initial q = 0;
  assign up = 1'b0;
endmodule
