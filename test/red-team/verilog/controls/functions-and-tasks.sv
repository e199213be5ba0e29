module top(input clk, input reset, input up, output reg [3:0] q);
  function [3:0] following(input [3:0] now);
    following = now + 1;
  endfunction
  task clear;
    q <= 0;
  endtask
  localparam WIDTH = $clog2(16);
  always @(posedge clk)
    if (reset) clear;
    else if (up) q <= following(q[WIDTH-1:0]);
endmodule
