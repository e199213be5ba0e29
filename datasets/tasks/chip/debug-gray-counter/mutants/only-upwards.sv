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
  assign ${name.gray}   = {count[3], count[3:1] ^ count[2:0]};
  assign parity = count[0];

  always_ff @(posedge clk)
    if (${reset.test}) count <= 4'd0;
    else if (${name.enable}) count <= count + 4'd1;
endmodule
