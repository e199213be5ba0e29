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
  logic [${width - 1}:0] kept_a, kept_b;

  assign ${name.sum} = kept_a + kept_b;
  assign odd   = kept_a[0] != kept_b[0];
  assign equal = kept_a == kept_b;

  always_ff @(posedge clk${reset.event})
    if (${reset.test}) begin
      kept_a <= ${width}'d0;
      kept_b <= ${width}'d0;
    end else if (${name.enable}) begin
      kept_a <= a;
      kept_b <= b;
    end
endmodule
