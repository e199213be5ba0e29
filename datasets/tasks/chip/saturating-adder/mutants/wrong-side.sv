module saturating_adder (
  input  logic signed [7:0] ${name.a},
  input  logic signed [7:0] ${name.b},
  input  logic ${name.subtract},
  output logic signed [7:0] ${name.y},
  output logic saturated
);
  localparam logic signed [8:0] Highest = 9'sd127;
  localparam logic signed [8:0] Lowest = -9'sd128;

  logic signed [8:0] exact;

  // One more bit than the operands holds every sum and every difference.
  assign exact = ${name.subtract} ? {${name.a}[7], ${name.a}} - {${name.b}[7], ${name.b}} : {${name.a}[7], ${name.a}} + {${name.b}[7], ${name.b}};
  assign saturated = exact > Highest || exact < Lowest;
  assign ${name.y} = exact > Highest ? 8'sd127 : exact < Lowest ? 8'sd127 : exact[7:0];
endmodule
