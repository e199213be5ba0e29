module top(input clk, input reset, input up, output reg [3:0] q);
  initial q = 4'd3;
  always @(posedge clk)
    if (reset) q <= 0;
    else if (up) q <= q + 1;
endmodule
