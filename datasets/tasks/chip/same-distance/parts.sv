module distance (
  input  logic [7:0] ${name.a},
  input  logic [7:0] ${name.b},
  output logic [7:0] d,
  output logic       ${name.near}
);
  logic [7:0] above, below;
  assign above = (${name.a} > ${name.b}) ? ${name.a} - ${name.b} : 8'd0;
  assign below = (${name.b} > ${name.a}) ? ${name.b} - ${name.a} : 8'd0;
  assign d     = above | below;
  assign ${name.near}  = (${name.a}[7:2] == ${name.b}[7:2]) || (d < 8'd4);
endmodule
