module top(input clk, input reset, input up, output reg [3:0] q);
  always @(posedge clk)
    if (reset) q <= #0 0;
    else if (up) q <= #3 q + 1;
endmodule
