module top(input clk, input reset, input up, output reg [3:0] q);
  initial q = 0;
  genvar i;
  for (i = 0; i < 100000000; i = i + 1) begin : g
    wire x;
  end
endmodule
