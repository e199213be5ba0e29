module debouncer (
  input  logic clk,
  input  logic rst_n,
  input  logic noisy,
  output logic clean,
  output logic rose,
  output logic fell
);
  // Of the four edges that a new level must last, counted from 0.
  localparam logic [1:0] LastEdge = 2'd3;

  logic first, synced;
  logic [1:0] differing;

  always_ff @(posedge clk or negedge rst_n) begin
    if (!rst_n) {synced, first} <= 2'b00;
    else {synced, first} <= {first, noisy};
  end

  always_ff @(posedge clk or negedge rst_n) begin
    if (!rst_n) begin
      differing <= 2'd0;
      clean <= 1'b0;
      rose <= 1'b0;
      fell <= 1'b0;
    end else begin
      rose <= 1'b0;
      fell <= 1'b0;
      if (synced == clean) differing <= 2'd0;
      else if (differing == LastEdge) begin
        clean <= synced;
        rose <= synced;
        fell <= !synced;
      end else differing <= differing + 2'd1;
    end
  end
endmodule
