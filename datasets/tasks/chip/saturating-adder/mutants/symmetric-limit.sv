module saturating_adder (
  input  logic signed [7:0] a,
  input  logic signed [7:0] b,
  input  logic subtract,
  output logic signed [7:0] y,
  output logic saturated
);
  localparam logic signed [8:0] Highest = 9'sd127;
  localparam logic signed [8:0] Lowest = -9'sd127;

  logic signed [8:0] exact;

  // One more bit than the operands holds every sum and every difference.
  assign exact = subtract ? {a[7], a} - {b[7], b} : {a[7], a} + {b[7], b};
  assign saturated = exact > Highest || exact < Lowest;
  assign y = exact > Highest ? 8'sd127 : exact < Lowest ? -8'sd127 : exact[7:0];
endmodule
