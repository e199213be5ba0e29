module top(input clk, input reset, input up, output reg [63:0] q);
  always @(posedge clk)
    if (reset) q <= 0;
    else if (up) q <= q + 1;
endmodule
