module top(input clk, input reset, input up, output reg [3:0] q);
  initial q = 0;
  reg [31:0] v [0:4095];
  initial $readmemb("stim.mem", v);
  always @(posedge clk) q <= v[0];
endmodule
