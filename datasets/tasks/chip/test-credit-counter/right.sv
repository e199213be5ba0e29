module credit_counter (
  input  logic       clk,
  input  logic       rst,
  input  logic       ${name.take},
  input  logic       ${name.give},
  output logic [2:0] ${name.credits},
  output logic       empty,
  output logic       ${name.lost}
);
  assign empty = (${name.credits} == 3'd0);

  always_ff @(posedge clk) begin
    ${name.lost} <= 1'b0;
    if (rst) ${name.credits} <= 3'd4;
    else if (${name.take} && ${name.give}) begin
      if (empty) ${name.credits} <= 3'd1;
    end else if (${name.take}) begin
      if (!empty) ${name.credits} <= ${name.credits} - 3'd1;
    end else if (${name.give}) begin
      if (${name.credits} == 3'd7) ${name.lost} <= 1'b1;
      else ${name.credits} <= ${name.credits} + 3'd1;
    end
  end
endmodule
