module top(input clk, input reset, input up, output reg [3:0] q);
  initial q = 0;
  always @(posedge clk) $display("%b%b%b%b", clk, reset, up, q);
endmodule
