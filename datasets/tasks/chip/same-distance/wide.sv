module distance (
  input  logic [7:0] ${name.a},
  input  logic [7:0] ${name.b},
  output logic [7:0] d,
  output logic       ${name.near}
);
  logic [8:0] wide;
  assign wide = {1'b0, ${name.a}} - {1'b0, ${name.b}};
  assign d    = wide[8] ? ~wide[7:0] + 8'd1 : wide[7:0];
  assign ${name.near} = !(d[7] || d[6] || d[5] || d[4] || d[3] || d[2]);
endmodule
