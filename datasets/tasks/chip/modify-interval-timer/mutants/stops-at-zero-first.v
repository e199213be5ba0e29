module interval_timer (
  input  wire       clk,
  input  wire       ${reset.port},
  input  wire       ${name.start},
  input  wire       ${name.stop},
  input  wire       repeating,
  input  wire [7:0] ${name.period},
  output reg  [7:0] left,
  output reg        ${name.done},
  output wire       busy
);
  reg again;

  assign busy = (left != 8'd0);

  always @(posedge clk) begin
    ${name.done} <= 1'b0;
    if (${reset.test}) begin
      left  <= 8'd0;
      again <= 1'b0;
    end else if (${name.stop}) left <= 8'd0;
    else if (!busy) begin
      if (${name.start} || (again && ${name.done})) begin
        left  <= ${name.period};
        if (${name.start}) again <= repeating;
      end
    end else begin
      left <= left - 8'd1;
      ${name.done} <= (left == 8'd1);
    end
  end
endmodule
