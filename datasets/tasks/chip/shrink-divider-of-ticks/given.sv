module tick_divider (
  input  logic       clk,
  input  logic       ${reset.port},
  input  logic       ${name.enable},
  output logic       ${name.tick},
  output logic [1:0] ${name.quarter}
);
  // One flop for each of the 24 places.
  logic [23:0] place;

  assign ${name.tick}    = ${name.enable} && place[23];
  assign ${name.quarter} = (|place[5:0]) ? 2'd0 : (|place[11:6]) ? 2'd1 : (|place[17:12]) ? 2'd2 : 2'd3;

  always_ff @(posedge clk)
    if (${reset.test}) place <= 24'd1;
    else if (${name.enable}) place <= {place[22:0], place[23]};
endmodule
