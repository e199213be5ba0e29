module four_sums (
  input  logic [1:0] ${name.op},
  input  logic [${width - 1}:0] a,
  input  logic [${width - 1}:0] b,
  output logic [${width - 1}:0] ${name.y},
  output logic zero
);
  // One adder, with a complement and a carry in for the differences.
  wire from_b = ${name.op} == 2'd${op.back};
  wire one = ${name.op} != 2'd${op.sum};
  wire [${width - 1}:0] left  = from_b ? ~a : a;
  wire [${width - 1}:0] right = ${name.op} == 2'd${op.next} ? ${width}'d0 : ${name.op} == 2'd${op.less} ? ~b : b;

  assign ${name.y} = left + right + {${width - 1}'d0, one};
  assign zero = ~|${name.y};
endmodule
