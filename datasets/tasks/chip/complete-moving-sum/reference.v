module moving_sum (
  input  wire              clk,
  input  wire              ${reset.port},
  input  wire              ${name.valid},
  input  wire signed [7:0] ${name.sample},
  output wire signed [9:0] sum,
  output reg               ${name.full}
);
  reg signed [7:0] kept [0:3];
  reg        [1:0] at;
  integer          index;

  assign sum = kept[0] + kept[1] + kept[2] + kept[3];

  always @(posedge clk)
    if (${reset.test}) begin
      for (index = 0; index < 4; index = index + 1) kept[index] <= 8'sd0;
      at   <= 2'd0;
      ${name.full} <= 1'b0;
    end else if (${name.valid}) begin
      kept[at] <= ${name.sample};
      at       <= at + 2'd1;
      if (at == 2'd3) ${name.full} <= 1'b1;
    end

endmodule
