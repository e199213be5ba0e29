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
  logic signed [7:0] term;

  assign term = ${name.subtract} ? -${name.b} : ${name.b};

  // One more bit than the operands holds every sum and every difference.
  assign exact = {${name.a}[7], ${name.a}} + {term[7], term};
  assign saturated = exact > Highest || exact < Lowest;
  assign ${name.y} = exact > Highest ? 8'sd127 : exact < Lowest ? -8'sd128 : exact[7:0];
endmodule
