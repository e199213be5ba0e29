module wheel (
  input  logic clk,
  input  logic ${reset.port},
  input  logic ${name.en},
  input  logic ${name.back},
  output logic [2:0] ${name.place},
  output logic zero
);
  logic [5:0] spoke;

  assign zero = spoke[0];
  assign ${name.place} = {spoke[4] | spoke[5], spoke[2] | spoke[3], spoke[1] | spoke[3] | spoke[5]};

  always_ff @(posedge clk)
    if (${reset.test}) spoke <= 6'd1;
    else if (${name.en}) spoke <= ${name.back} ? {spoke[0], spoke[5:1]} : {spoke[4:0], spoke[5]};
endmodule
