module top(input clk, input reset, input up, output reg [3:0] q);
  initial q = 0;
  always @* q = row + index + got + design.q + driver.row;
endmodule
