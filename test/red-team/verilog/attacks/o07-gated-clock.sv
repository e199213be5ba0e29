module top(input clk, input reset, input up, output reg [3:0] q);
  wire gated = clk & up;
  always @(posedge gated)
    if (reset) q <= 0;
    else q <= q + 1;
endmodule
