module registered_sum (
  input  logic clk,
  input  logic ${reset.port},
  input  logic ${name.enable},
  input  logic [${width - 1}:0] a,
  input  logic [${width - 1}:0] b,
  output logic [${width - 1}:0] ${name.sum},
  output logic odd,
  output logic equal
);
  assign odd = ${name.sum}[0];

  always_ff @(posedge clk${reset.event})
    if (${reset.test}) begin
      ${name.sum} <= ${width}'d0;
      equal <= 1'b1;
    end else if (${name.enable}) begin
      ${name.sum} <= a + b;
      equal <= a == b;
    end
endmodule
