module top(input clk, input reset, input up, output reg [3:0] q);
  initial q = 0;
  always @(posedge clk) case ($time)
    5: q = 1;
    default: q = 0;
  endcase
endmodule
