module serial_negate (
  input  logic clk,
  input  logic rst,
  input  logic valid,
  input  logic first,
  input  logic bit_in,
  output logic bit_out
);
  logic seen_one, seen_before;

  // A first bit has no bits below it, whatever was seen in the number before.
  assign seen_before = seen_one && !first;

  always_ff @(posedge clk) begin
    if (rst) seen_one <= 1'b0;
    else if (valid) seen_one <= seen_before || bit_in;
    bit_out <= !rst && valid && (bit_in ^ seen_before);
  end
endmodule
