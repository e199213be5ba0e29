module multiply_accumulate (
  input  logic clk,
  input  logic ${reset.port},
  input  logic ${name.clear},
  input  logic enable,
  input  logic signed [7:0] ${name.sample},
  input  logic [7:0] ${name.gain},
  output logic signed [17:0] ${name.sum},
  output logic overflowed
);
  localparam logic signed [18:0] Highest = 19'sd131071;
  localparam logic signed [18:0] Lowest = -19'sd131072;

  logic signed [16:0] product;
  logic signed [18:0] base, exact;

  // The gain gets a sign bit of 0, or the whole product would be computed as unsigned.
  assign product = 17'(${name.sample}) * 17'($signed({1'b0, ${name.gain}}));
  assign base = ${name.clear} ? 19'sd0 : 19'(${name.sum});
  assign exact = enable ? base + 19'(product) : base;

  always_ff @(posedge clk) begin
    if (${reset.test}) begin
      ${name.sum} <= 18'sd0;
      overflowed <= 1'b0;
    end else if (exact > Highest) begin
      ${name.sum} <= Highest[17:0];
      overflowed <= 1'b1;
    end else if (exact < Lowest) begin
      ${name.sum} <= Lowest[17:0];
      overflowed <= 1'b1;
    end else begin
      ${name.sum} <= exact[17:0];
      if (${name.clear}) overflowed <= 1'b0;
    end
  end
endmodule
