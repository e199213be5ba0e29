module sorter (
  input  logic [3:0] a,
  input  logic [3:0] b,
  input  logic [3:0] c,
  output logic [3:0] ${name.low},
  output logic [3:0] ${name.middle},
  output logic [3:0] ${name.high},
  output logic       ${name.tie}
);
  logic [3:0] less, more;

  assign less = (a < b) ? a : b;
  assign more = (a < b) ? b : a;

  assign ${name.low}    = (c < less) ? c : less;
  assign ${name.high}   = (c > more) ? c : more;
  assign ${name.middle} = (c < less) ? less : (c > more) ? more : c;
  assign ${name.tie}    = (a == b) || (b == c) || (a == c);
endmodule
