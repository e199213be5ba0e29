module lfsr (
  input  wire clk,
  input  wire ${reset.port},
  input  wire ${name.enable},
  input  wire load,
  input  wire [7:0] ${name.seed},
  output reg  [7:0] ${name.state},
  output wire bit_out
);
  localparam [7:0] TAPS = 8'hB8;

  assign bit_out = ${name.state}[0];

  always @(posedge clk or ${reset.edge} ${reset.port}) begin
    if (${reset.test}) ${name.state} <= 8'h01;
    else if (load) ${name.state} <= ${name.seed};
    else if (${name.enable}) ${name.state} <= {1'b0, ${name.state}[7:1]} ^ (${name.state}[0] ? TAPS : 8'h00);
  end
endmodule
