module top(input clk, input reset, input up, output reg [3:0] q);
  initial q = 0;
endmodule
module RefModule(input clk, input reset, input up, output [3:0] q);
  assign q = 0;
endmodule
