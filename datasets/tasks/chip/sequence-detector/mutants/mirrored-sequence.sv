module sequence_detector (
  input  wire clk,
  input  wire rst_n,
  input  wire valid,
  input  wire bit_in,
  output wire found
);
  reg [3:0] last;

  always @(posedge clk or negedge rst_n)
    if (!rst_n) last <= 4'b0000;
    else if (valid) last <= {last[2:0], bit_in};

  assign found = (last == 4'b1101);
endmodule
