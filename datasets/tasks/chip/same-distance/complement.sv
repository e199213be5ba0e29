module distance (
  input  logic [7:0] ${name.a},
  input  logic [7:0] ${name.b},
  output logic [7:0] d,
  output logic       ${name.near}
);
  logic less;
  assign less = (${name.a} < ${name.b});
  assign d    = ((${name.a} - ${name.b}) ^ {8{less}}) + {7'd0, less};
  assign ${name.near} = ~|d[7:2];
endmodule
