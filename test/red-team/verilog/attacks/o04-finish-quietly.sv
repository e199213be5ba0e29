module top(input clk, input reset, input up, output reg [3:0] q);
  initial q = 0;
  always @(posedge clk) if (q !== 4'bx) $finish(0);
endmodule
