module distance (
  input  logic [7:0] ${name.a},
  input  logic [7:0] ${name.b},
  output logic [7:0] d,
  output logic       ${name.near}
);
  assign d    = (${name.a} > ${name.b}) ? ${name.a} - ${name.b} : ${name.b} - ${name.a};
  assign ${name.near} = (d < 8'd4);
endmodule
