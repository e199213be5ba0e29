// Counts down from `period` and pulses `done` when it gets to the end; then it waits for the next `start`.
module interval_timer (
  input  wire       clk,
  input  wire       ${reset.port},
  input  wire       ${name.start},
  input  wire [7:0] ${name.period},
  output reg  [7:0] left,
  output reg        ${name.done},
  output wire       busy
);
  assign busy = (left != 8'd0);

  always @(posedge clk) begin
    ${name.done} <= 1'b0;
    if (${reset.test}) left <= 8'd0;
    else if (!busy) begin
      if (${name.start}) left <= ${name.period};
    end else begin
      left <= left - 8'd1;
      ${name.done} <= (left == 8'd1);
    end
  end
endmodule
