module distance (
  input  logic [7:0] ${name.a},
  input  logic [7:0] ${name.b},
  output logic [7:0] d,
  output logic       ${name.near}
);
  assign d    = (${name.a} > ${name.b}) ? ${name.a} - ${name.b} : ${name.b} - ${name.a};
  assign ${name.near} = (${name.a}[7:2] == ${name.b}[7:2]) || ((${name.a}[7:2] + 6'd1 == ${name.b}[7:2]) && (${name.a}[1:0] > ${name.b}[1:0]))
                                   || ((${name.b}[7:2] + 6'd1 == ${name.a}[7:2]) && (${name.b}[1:0] > ${name.a}[1:0]));
endmodule
