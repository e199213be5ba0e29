module stopwatch (
  input  logic clk,
  input  logic ${reset.port},
  input  logic ${name.tick},
  input  logic ${name.load},
  input  logic [15:0] ${name.preset},
  output logic [15:0] now,
  output logic ${name.wrapped}
);
  logic [3:0] minute_tens, minutes, second_tens, seconds;
  logic seconds_full, second_tens_full, minutes_full, minute_tens_full;
  logic preset_valid;

  assign now = {minute_tens, minutes, second_tens, seconds};
  assign preset_valid = ${name.preset}[15:12] <= 4'd5 && ${name.preset}[11:8] <= 4'd9 && ${name.preset}[7:4] <= 4'd5 && ${name.preset}[3:0] <= 4'd9;

  // Each digit carries only when all digits below it do.
  assign seconds_full = seconds == 4'd9;
  assign second_tens_full = seconds_full && second_tens == 4'd6;
  assign minutes_full = second_tens_full && minutes == 4'd9;
  assign minute_tens_full = minutes_full && minute_tens == 4'd5;

  always_ff @(posedge clk or ${reset.edge} ${reset.port}) begin
    if (${reset.test}) begin
      {minute_tens, minutes, second_tens, seconds} <= 16'h0000;
      ${name.wrapped} <= 1'b0;
    end else begin
      ${name.wrapped} <= 1'b0;
      if (${name.load}) begin
        if (preset_valid) {minute_tens, minutes, second_tens, seconds} <= ${name.preset};
      end else if (${name.tick}) begin
        ${name.wrapped} <= minute_tens_full;
        seconds <= seconds_full ? 4'd0 : seconds + 4'd1;
        if (seconds_full) second_tens <= second_tens_full ? 4'd0 : second_tens + 4'd1;
        if (second_tens_full) minutes <= minutes_full ? 4'd0 : minutes + 4'd1;
        if (minutes_full) minute_tens <= minute_tens_full ? 4'd0 : minute_tens + 4'd1;
      end
    end
  end
endmodule
