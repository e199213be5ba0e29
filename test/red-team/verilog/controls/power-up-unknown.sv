module top(input clk, input reset, input up, output reg [3:0] q);
  always @(posedge clk)
    if (reset !== 1'b0) q <= 0;
    else if (up) q <= q + 1;
endmodule
