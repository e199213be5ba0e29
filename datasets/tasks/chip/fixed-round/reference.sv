module fixed_round (
  input  logic signed [11:0] ${name.x},
  output logic signed [6:0] ${name.y},
  output logic ${name.inexact},
  output logic ${name.saturated}
);
  logic signed [8:0] rounded;
  logic [3:0] fraction;
  logic round_up;

  assign fraction = ${name.x}[3:0];
  assign ${name.inexact} = fraction != 4'd0;

  // The integer part is the floor, so a tie goes up only when the floor is odd.
  assign round_up = fraction > 4'd8 || (fraction == 4'd8 && ${name.x}[4]);
  assign rounded = {${name.x}[11], ${name.x}[11:4]} + {8'd0, round_up};

  assign ${name.saturated} = rounded > 9'sd63 || rounded < -9'sd64;
  assign ${name.y} = rounded > 9'sd63 ? 7'sd63 : rounded < -9'sd64 ? -7'sd64 : rounded[6:0];
endmodule
