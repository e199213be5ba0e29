module priority_encoder (
  input  logic [7:0] request,
  output logic valid,
  output logic [2:0] index,
  output logic [7:0] grant
);
  assign valid = |request;

  // Later assignments win, so the loop ends with the highest line that is set.
  always_comb begin
    index = 3'd0;
    grant = 8'd0;
    for (int i = 0; i < 8; i++) begin
      if (request[i]) begin
        index = 3'(i);
        grant = 8'd1 << i;
      end
    end
  end
endmodule
