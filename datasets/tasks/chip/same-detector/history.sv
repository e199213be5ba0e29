module detector (
  input  logic clk,
  input  logic ${reset.port},
  input  logic ${name.bit_in},
  output logic ${name.found}
);
  logic [2:0] seen;
  assign ${name.found} = (seen == 3'b101) & ${name.bit_in};
  always_ff @(posedge clk)
    if (${reset.test}) seen <= 3'b000;
    else seen <= {seen[1:0], ${name.bit_in}};
endmodule
