module tick_divider (
  input  logic       clk,
  input  logic       ${reset.port},
  input  logic       ${name.enable},
  output logic       ${name.tick},
  output logic [1:0] ${name.quarter}
);
  logic [2:0] part;

  assign ${name.tick} = ${name.enable} && (${name.quarter} == 2'd3) && (part == 3'd5);

  always_ff @(posedge clk)
    if (${reset.test}) begin
      part    <= 3'd0;
      ${name.quarter} <= 2'd0;
    end else if (${name.enable}) begin
      part <= (part == 3'd5) ? 3'd0 : part + 3'd1;
      if (part == 3'd5) ${name.quarter} <= ${name.quarter} + 2'd1;
    end
endmodule
