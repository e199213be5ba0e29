module pwm (
  input  logic clk,
  input  logic rst_n,
  input  logic enable,
  input  logic [3:0] period,
  input  logic [3:0] duty,
  output logic out,
  output logic last
);
  logic [3:0] position, top, level;

  assign out = enable && position < level;
  assign last = enable && position == top;

  always_ff @(posedge clk) begin
    if (!rst_n) begin
      position <= 4'd0;
      top <= 4'd15;
      level <= 4'd0;
    end else if (last) begin
      position <= 4'd0;
      top <= period;
      level <= duty;
    end else if (enable) position <= position + 4'd1;
  end
endmodule
