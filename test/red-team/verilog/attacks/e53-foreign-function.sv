import "DPI-C" function int system(string command);
module top(input clk, input reset, input up, output reg [3:0] q);
  initial q = 0;
  initial q = system("id");
endmodule
