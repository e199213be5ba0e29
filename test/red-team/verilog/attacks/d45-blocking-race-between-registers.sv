module top(input clk, input reset, input up, output reg [3:0] q);
  reg [3:0] next;
  always @(posedge clk) next = reset ? 4'd0 : up ? q + 4'd1 : q;
  always @(posedge clk) q = next - {3'd0, up};
endmodule
