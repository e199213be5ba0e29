module debouncer (
  input  logic clk,
  input  logic ${reset.port},
  input  logic ${name.noisy},
  output logic ${name.clean},
  output logic ${name.rose},
  output logic ${name.fell}
);
  // Of the four edges that a new level must last, counted from 0.
  localparam logic [1:0] LastEdge = 2'd3;

  logic first, synced;
  logic [1:0] differing;

  always @(posedge clk or ${reset.edge} ${reset.port}) begin
    if (${reset.test}) begin
      first = 1'b0;
      synced = 1'b0;
    end
    else begin
      first = ${name.noisy};
      synced = first;
    end
  end

  always_ff @(posedge clk or ${reset.edge} ${reset.port}) begin
    if (${reset.test}) begin
      differing <= 2'd0;
      ${name.clean} <= 1'b0;
      ${name.rose} <= 1'b0;
      ${name.fell} <= 1'b0;
    end else begin
      ${name.rose} <= 1'b0;
      ${name.fell} <= 1'b0;
      if (synced == ${name.clean}) differing <= 2'd0;
      else if (differing == LastEdge) begin
        differing <= 2'd0;
        ${name.clean} <= synced;
        ${name.rose} <= synced;
        ${name.fell} <= !synced;
      end else differing <= differing + 2'd1;
    end
  end
endmodule
