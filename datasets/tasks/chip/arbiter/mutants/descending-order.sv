module arbiter (
  input  logic clk,
  input  logic ${reset.port},
  input  logic [3:0] ${name.request},
  output logic [3:0] ${name.grant}
);
  localparam logic [2:0] Lease = 3'd4;

  logic [1:0] last, winner, candidate;
  logic [2:0] held;
  logic keeps;

  assign keeps = |(${name.grant} & ${name.request}) && (held < Lease || (${name.request} & ~${name.grant}) == 4'd0);

  // From the farthest line to the nearest one behind the last holder: the nearest is assigned last and wins.
  always_comb begin
    winner = last;
    for (int distance = 3; distance >= 1; distance--) begin
      candidate = last - 2'(distance);
      if (${name.request}[candidate]) winner = candidate;
    end
  end

  always_ff @(posedge clk) begin
    if (${reset.test}) begin
      ${name.grant} <= 4'd0;
      last <= 2'd3;
      held <= 3'd0;
    end else if (keeps) begin
      if (held < Lease) held <= held + 3'd1;
    end else if (${name.request} != 4'd0) begin
      ${name.grant} <= 4'd1 << winner;
      last <= winner;
      held <= 3'd1;
    end else ${name.grant} <= 4'd0;
  end
endmodule
