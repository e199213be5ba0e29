module sequence_detector (
  input  wire clk,
  input  wire ${reset.port},
  input  wire ${name.valid},
  input  wire ${name.bit_in},
  output wire ${name.found}
);
  reg [3:0] last;

  always @(posedge clk or ${reset.edge} ${reset.port})
    if (${reset.test}) last <= 4'b0000;
    else if (${name.valid}) last <= {last[2:0], ${name.bit_in}};

  assign ${name.found} = (last == 4'b1101);
endmodule
