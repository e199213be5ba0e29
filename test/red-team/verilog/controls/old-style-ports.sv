module top(clk, reset, up, q);
  input clk, reset, up;
  output [3:0] q;
  reg [3:0] q;
  always @(posedge clk)
    if (reset) q <= 0;
    else if (up) q <= q + 1;
endmodule
