module top(input clk, input reset, input up, output [3:0] q);
  top u(clk, reset, up, q);
endmodule
