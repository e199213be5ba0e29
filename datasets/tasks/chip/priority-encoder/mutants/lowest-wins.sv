module priority_encoder (
  input  logic [7:0] ${name.request},
  output logic ${name.valid},
  output logic [2:0] index,
  output logic [7:0] ${name.grant}
);
  assign ${name.valid} = |${name.request};

  // Later assignments win, so the loop ends with the highest line that is set.
  always_comb begin
    index = 3'd0;
    ${name.grant} = 8'd0;
    for (int i = 7; i >= 0; i--) begin
      if (${name.request}[i]) begin
        index = 3'(i);
        ${name.grant} = 8'd1 << i;
      end
    end
  end
endmodule
