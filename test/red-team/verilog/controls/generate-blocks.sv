module top(input clk, input reset, input up, output [3:0] q);
  genvar i;
  generate
    for (i = 0; i < 4; i = i + 1) begin : stage
      reg bit_q;
      wire carry;
      always @(posedge clk)
        if (reset) bit_q <= 0;
        else if (carry) bit_q <= ~bit_q;
    end
  endgenerate
  assign stage[0].carry = up;
  assign stage[1].carry = up & stage[0].bit_q;
  assign stage[2].carry = stage[1].carry & stage[1].bit_q;
  assign stage[3].carry = stage[2].carry & stage[2].bit_q;
  assign q = {stage[3].bit_q, stage[2].bit_q, stage[1].bit_q, stage[0].bit_q};
endmodule
