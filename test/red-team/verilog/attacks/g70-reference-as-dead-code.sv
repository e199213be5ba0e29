module top(input clk, input reset, input up, output reg [3:0] q);
  // always @(posedge clk) if (reset) q <= 0; else if (up) q <= q + 1;
  reg [3:0] likeness;
  always @(posedge clk)
    if (reset) likeness <= 0;
    else if (up) likeness <= likeness + 1;
  always @(posedge clk)
    if (reset) q <= 0;
endmodule
