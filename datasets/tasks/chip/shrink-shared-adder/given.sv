module four_sums (
  input  logic [1:0] ${name.op},
  input  logic [${width - 1}:0] a,
  input  logic [${width - 1}:0] b,
  output logic [${width - 1}:0] ${name.y},
  output logic zero
);
  logic [${width - 1}:0] sum, less, back, next;

  assign sum  = a + b;
  assign less = a - b;
  assign back = b - a;
  assign next = a + ${width}'d1;

  assign ${name.y} = ${name.op} == 2'd${op.sum}  ? sum
             : ${name.op} == 2'd${op.less} ? less
             : ${name.op} == 2'd${op.back} ? back
             : next;

  // Each result is looked at for zero by itself.
  assign zero = ${name.op} == 2'd${op.sum}  ? sum == ${width}'d0
              : ${name.op} == 2'd${op.less} ? a == b
              : ${name.op} == 2'd${op.back} ? b == a
              : next == ${width}'d0;
endmodule
