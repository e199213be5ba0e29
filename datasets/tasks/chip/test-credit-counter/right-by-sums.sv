module credit_counter (
  input  logic       clk, rst, ${name.take}, ${name.give},
  output logic [2:0] ${name.credits},
  output logic       empty, ${name.lost}
);
  logic taken, given;
  assign empty = ~|${name.credits};
  assign taken = ${name.take} & ~empty;
  assign given = ${name.give} & ~(&${name.credits} & ~${name.take});
  always_ff @(posedge clk)
    if (rst) begin
      ${name.credits} <= 3'b100;
      ${name.lost}    <= 1'b0;
    end else begin
      ${name.credits} <= ${name.credits} + {2'b00, given} - {2'b00, taken};
      ${name.lost}    <= ${name.give} & ~given;
    end
endmodule
