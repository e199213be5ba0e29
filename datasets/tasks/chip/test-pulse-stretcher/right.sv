module stretcher (
  input  logic clk,
  input  logic rst,
  input  logic ${name.pulse},
  output logic ${name.high},
  output logic [2:0] ${name.pulses}
);
  logic [1:0] left;

  assign ${name.high} = left != 2'd0;

  always_ff @(posedge clk)
    if (rst) begin
      left <= 2'd0;
      ${name.pulses} <= 3'd0;
    end else begin
      if (${name.pulse}) left <= 2'd3;
      else if (left != 2'd0) left <= left - 2'd1;
      if (${name.pulse} && ${name.pulses} != 3'd7) ${name.pulses} <= ${name.pulses} + 3'd1;
    end
endmodule
