primitive p(o, a);
  output o; input a;
  table 0 : 1; 1 : 0; endtable
endprimitive
module top(input clk, input reset, input up, output reg [3:0] q);
  initial q = 0;

endmodule
