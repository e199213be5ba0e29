module shifter (
  input  logic clk,
  input  logic ${reset.port},
  input  logic ${name.shift},
  input  logic ${name.d},
  output logic [${width - 1}:0] ${name.q},
  output logic out
);
  always_ff @(posedge clk${reset.event})
    if (${reset.test}) begin
      ${name.q} <= ${width}'d0;
      out <= 1'b0;
    end else if (${name.shift}) begin
      ${name.q} <= {${name.d}, ${name.q}[${width - 1}:1]};
      out <= ${name.q}[0];
    end
endmodule
