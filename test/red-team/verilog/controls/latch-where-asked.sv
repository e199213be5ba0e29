module top(input enable, input [3:0] d, output reg [3:0] q);
  always_latch
    if (enable) q = d;
endmodule
