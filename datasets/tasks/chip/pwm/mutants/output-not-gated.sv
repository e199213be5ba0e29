module pwm (
  input  logic clk,
  input  logic ${reset.port},
  input  logic ${name.enable},
  input  logic [3:0] ${name.period},
  input  logic [3:0] ${name.duty},
  output logic ${name.out},
  output logic last
);
  logic [3:0] position, top, level;

  assign ${name.out} = position < level;
  assign last = ${name.enable} && position == top;

  always_ff @(posedge clk) begin
    if (${reset.test}) begin
      position <= 4'd0;
      top <= 4'd15;
      level <= 4'd0;
    end else if (!${name.enable} || last) begin
      position <= 4'd0;
      top <= ${name.period};
      level <= ${name.duty};
    end else position <= position + 4'd1;
  end
endmodule
