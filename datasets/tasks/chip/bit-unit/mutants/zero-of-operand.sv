module bit_unit (
  input  logic [1:0] ${name.op},
  input  logic [15:0] ${name.data},
  output logic [15:0] ${name.result},
  output logic zero
);
  logic [15:0] reversed, leading_zeros, ones;

  always_comb begin
    ones = 16'd0;
    leading_zeros = 16'd16;
    for (int i = 0; i < 16; i++) begin
      reversed[i] = ${name.data}[15 - i];
      ones = ones + {15'd0, ${name.data}[i]};
      if (${name.data}[i]) leading_zeros = 16'(15 - i);
    end
  end

  always_comb begin
    case (${name.op})
      2'b00: ${name.result} = ones;
      2'b01: ${name.result} = reversed;
      2'b10: ${name.result} = leading_zeros;
      default: ${name.result} = ${name.data} & (~${name.data} + 16'd1);
    endcase
  end

  assign zero = ${name.data} == 16'd0;
endmodule
