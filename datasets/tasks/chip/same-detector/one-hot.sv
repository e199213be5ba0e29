module detector (
  input  logic clk,
  input  logic ${reset.port},
  input  logic ${name.bit_in},
  output logic ${name.found}
);
  logic one, ten, ten_one;
  assign ${name.found} = ten_one & ${name.bit_in};
  always_ff @(posedge clk)
    if (${reset.test}) {one, ten, ten_one} <= 3'b000;
    else begin
      one     <= ${name.bit_in} & ~ten;
      ten     <= ~${name.bit_in} & (one | ten_one);
      ten_one <= ${name.bit_in} & ten;
    end
endmodule
