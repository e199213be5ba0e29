module top(input clk, input reset, input up, output [3:0] q);
  reg [3:0] error_x; // PASS; Mismatches: 0; $finish; `include "x"; force
  /* error: FAIL */
  assign q = error_x;
  always @(posedge clk)
    if (reset) error_x <= 0;
    else if (up) error_x <= error_x + 1;
endmodule
