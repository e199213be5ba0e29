module sorter (
  input  logic [3:0] a, b, c,
  output logic [3:0] ${name.low}, ${name.middle}, ${name.high},
  output logic       ${name.tie}
);
  always_comb begin
    case ({a <= b, b <= c, a <= c})
      3'b111: {${name.low}, ${name.middle}, ${name.high}} = {a, b, c};
      3'b101: {${name.low}, ${name.middle}, ${name.high}} = {a, c, b};
      3'b011: {${name.low}, ${name.middle}, ${name.high}} = {b, a, c};
      3'b010: {${name.low}, ${name.middle}, ${name.high}} = {b, c, a};
      3'b100: {${name.low}, ${name.middle}, ${name.high}} = {c, a, b};
      default: {${name.low}, ${name.middle}, ${name.high}} = {c, b, a};
    endcase
    ${name.tie} = (${name.low} == ${name.middle}) | (${name.middle} == ${name.high});
  end
endmodule
