module pattern_finder (
  input  logic clk,
  input  logic ${reset.port},
  input  logic valid,
  input  logic bit_in,
  output logic found,
  output logic near
);
  // The pattern begins with a one, which the zeros of a reset cannot be taken for: nothing need be counted.
  logic [3:0] history;
  wire one = ${polarity.bit};

  assign found = history == 4'b1100;
  assign near  = history[2:0] == 3'b110;

  always_ff @(posedge clk${reset.event})
    if (${reset.test}) history <= 4'd0;
    else if (valid) history <= {history[2:0], one};
endmodule
