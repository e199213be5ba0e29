module sequence_detector (
  input  logic clk,
  input  logic ${reset.port},
  input  logic ${name.valid},
  input  logic ${name.bit_in},
  output logic ${name.found}
);
  // Each state is named for the longest part of 1011 that the bits so far end in.
  localparam logic [2:0] None = 3'd0, Saw1 = 3'd1, Saw10 = 3'd2, Saw101 = 3'd3, Saw1011 = 3'd4;

  logic [2:0] state, next;

  assign ${name.found} = state == Saw101 && ${name.valid} && ${name.bit_in};

  always_comb begin
    case (state)
      Saw1: next = ${name.bit_in} ? Saw1 : Saw10;
      Saw10: next = ${name.bit_in} ? Saw101 : None;
      Saw101: next = ${name.bit_in} ? Saw1011 : Saw10;
      Saw1011: next = ${name.bit_in} ? Saw1 : Saw10;
      default: next = ${name.bit_in} ? Saw1 : None;
    endcase
  end

  always_ff @(posedge clk or ${reset.edge} ${reset.port}) begin
    if (${reset.test}) state <= None;
    else if (${name.valid}) state <= next;
  end
endmodule
