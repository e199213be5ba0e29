module saturating_sum (
  input  logic clk,
  input  logic ${reset.port},
  input  logic ${name.clear},
  input  logic valid,
  input  logic signed [${width - 1}:0] ${name.sample},
  output logic signed [${width - 1}:0] ${name.sum},
  output logic ${name.clipped}
);
  localparam signed [${width}:0] Highest = ${2 ** (width - 1) - 1};
  localparam signed [${width}:0] Lowest = -${2 ** (width - 1)};

  wire signed [${width - 1}:0] base = ${name.clear} ? 0 : ${name.sum};
  // What comes next, before it meets a limit.
  wire signed [${width - 1}:0] exact = base + (valid ? ${name.sample} : 0);
  wire over = exact > Highest, under = exact < Lowest;

  always_ff @(posedge clk${reset.event})
    if (${reset.test}) begin
      ${name.sum} <= 0;
      ${name.clipped} <= 1'b0;
    end else begin
      ${name.sum} <= over ? Highest : under ? Lowest : exact;
      if (over || under) ${name.clipped} <= 1'b1;
      if (${name.clear}) ${name.clipped} <= 1'b0;
    end
endmodule
