/* verilator lint_off INFINITELOOP */
module top(input clk, input reset, input up, output reg [3:0] q);
  reg stuck = 0;
  always @(posedge stuck) while (1) q <= 0;
  always @(posedge clk)
    if (reset) q <= 0;
    else if (up) q <= q + 1;
endmodule
