module shifter (
  input  logic clk,
  input  logic ${reset.port},
  input  logic ${name.shift},
  input  logic ${name.left},
  input  logic rotate,
  input  logic ${name.d},
  output logic [${width - 1}:0] ${name.q},
  output logic out,
  output logic [3:0] steps
);
  wire leaves = ${name.left} ? ${name.q}[${width - 1}] : ${name.q}[0];
  wire enters = rotate ? leaves : ${name.d};

  always_ff @(posedge clk${reset.event})
    if (${reset.test}) begin
      ${name.q} <= ${width}'d0;
      out <= 1'b0;
      steps <= 4'd0;
    end else if (${name.shift}) begin
      ${name.q} <= ${name.left} ? {${name.q}[${width - 2}:0], enters} : {enters, ${name.q}[${width - 1}:1]};
      out <= leaves;
      steps <= steps + 4'd1;
    end
endmodule
