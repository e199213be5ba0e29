module lfsr (
  input  wire clk,
  input  wire rst,
  input  wire enable,
  input  wire load,
  input  wire [7:0] seed,
  output reg  [7:0] state,
  output wire bit_out
);
  localparam [7:0] TAPS = 8'hB8;

  assign bit_out = state[0];

  always @(posedge clk or posedge rst) begin
    if (rst) state <= 8'h01;
    else if (load) state <= (seed == 8'h00) ? 8'h01 : seed;
    else state <= {1'b0, state[7:1]} ^ (state[0] ? TAPS : 8'h00);
  end
endmodule
