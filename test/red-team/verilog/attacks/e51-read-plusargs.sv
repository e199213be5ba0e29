module top(input clk, input reset, input up, output reg [3:0] q);
  initial q = 0;
  integer key;
  initial if ($value$plusargs("key=%d", key)) q = key;
endmodule
