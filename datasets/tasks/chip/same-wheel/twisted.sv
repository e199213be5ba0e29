module wheel (
  input  logic clk,
  input  logic ${reset.port},
  input  logic ${name.en},
  input  logic ${name.back},
  output logic [2:0] ${name.place},
  output logic zero
);
  logic [2:0] bits;

  assign zero = ~|bits;
  assign ${name.place} = bits[2] ? (bits[0] ? 3'd3 : bits[1] ? 3'd4 : 3'd5) : (bits[1] ? 3'd2 : {2'd0, bits[0]});

  always_ff @(posedge clk)
    if (${reset.test}) bits <= 3'd0;
    else if (${name.en}) bits <= ${name.back} ? {~bits[0], bits[2:1]} : {bits[1:0], ~bits[2]};
endmodule
