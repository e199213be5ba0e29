module top(input clk, input reset, input up, output reg [3:0] q);
  initial q = 0;
  (* keep wire s;
endmodule
