module pattern_finder (
  input  logic clk,
  input  logic ${reset.port},
  input  logic valid,
  input  logic bit_in,
  output logic found,
  output logic near
);
  // The last four bits, and how many there were since the reset.
  logic [3:0] history;
  logic [2:0] seen;
  wire one = ${polarity.bit};

  assign found = seen >= 3'd4 && history == 4'b1100;
  assign near  = seen >= 3'd3 && history[2:0] == 3'b110;

  always_ff @(posedge clk${reset.event})
    if (${reset.test}) begin
      history <= 4'd0;
      seen    <= 3'd0;
    end else if (valid) begin
      history <= {history[2:0], one};
      if (seen != 3'd4) seen <= seen + 3'd1;
    end
endmodule
