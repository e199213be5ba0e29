module gray_counter (
  input  logic       clk,
  input  logic       ${reset.port},
  input  logic       ${name.enable},
  input  logic       ${name.down},
  output logic [3:0] ${name.gray},
  output logic       parity
);
  logic [3:0] count;

  // The code of the count: neighbours differ in one bit.
  assign ${name.gray}   = count ^ (count >> 1);
  assign parity = count[0];

  always_ff @(posedge clk)
    if (${reset.test} && ${name.enable}) count <= 4'd0;
    else if (${name.enable}) count <= ${name.down} ? count - 4'd1 : count + 4'd1;
endmodule
