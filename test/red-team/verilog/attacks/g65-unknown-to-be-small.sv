module top(input clk, input reset, input up, output [3:0] q);
  assign q = 'x;
endmodule
