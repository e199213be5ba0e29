module serial_negate (
  input  logic clk,
  input  logic ${reset.port},
  input  logic ${name.valid},
  input  logic ${name.first},
  input  logic ${name.bit_in},
  output logic ${name.bit_out}
);
  logic seen_one, seen_before;

  // A first bit has no bits below it, whatever was seen in the number before.
  assign seen_before = seen_one && !${name.first};
  assign ${name.bit_out} = ${name.valid} && (${name.bit_in} ^ seen_one);

  always_ff @(posedge clk) begin
    if (${reset.test}) seen_one <= 1'b0;
    else if (${name.valid}) seen_one <= seen_before || ${name.bit_in};
  end
endmodule
