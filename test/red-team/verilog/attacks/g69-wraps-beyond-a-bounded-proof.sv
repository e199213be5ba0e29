module top(input clk, input reset, input up, output wrapped);
  reg [9:0] count;
  assign wrapped = count == 0;
  always @(posedge clk)
    if (reset) count <= 0;
    else if (up) count <= count == 900 ? 0 : count + 1;
endmodule
