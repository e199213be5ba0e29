module detector (
  input  logic clk,
  input  logic ${reset.port},
  input  logic ${name.bit_in},
  output logic ${name.found}
);
  typedef enum logic [1:0] {NONE, ONE, TEN, TEN_ONE} state_t;
  state_t state;

  assign ${name.found} = (state == TEN_ONE) && ${name.bit_in};

  always_ff @(posedge clk)
    if (${reset.test}) state <= NONE;
    else
      case (state)
        NONE:    if (${name.bit_in}) state <= ONE;
        ONE:     if (!${name.bit_in}) state <= TEN;
        TEN:     if (${name.bit_in}) state <= TEN_ONE; else state <= NONE;
        TEN_ONE: if (${name.bit_in}) state <= ONE; else state <= TEN;
      endcase
endmodule
