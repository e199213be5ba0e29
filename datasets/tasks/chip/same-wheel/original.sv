module wheel (
  input  logic clk,
  input  logic ${reset.port},
  input  logic ${name.en},
  input  logic ${name.back},
  output logic [2:0] ${name.place},
  output logic zero
);
  assign zero = ${name.place} == 3'd0;

  always_ff @(posedge clk)
    if (${reset.test}) ${name.place} <= 3'd0;
    else if (${name.en} && ${name.back}) ${name.place} <= ${name.place} == 3'd0 ? 3'd5 : ${name.place} - 3'd1;
    else if (${name.en}) ${name.place} <= ${name.place} == 3'd5 ? 3'd0 : ${name.place} + 3'd1;
endmodule
