module stretcher (
  input  logic clk, rst, ${name.pulse},
  output logic ${name.high},
  output logic [2:0] ${name.pulses}
);
  logic [2:0] last = 3'b101;
  logic [7:0] mark = 8'h10;

  assign ${name.high} = |last;
  assign ${name.pulses} = {|mark[7:4], |mark[3:2] | |mark[7:6], mark[1] | mark[3] | mark[5] | mark[7]};

  always_ff @(posedge clk) begin
    last <= rst ? 3'd0 : {last[1:0], ${name.pulse}};
    if (rst) mark <= 8'd1;
    else if (${name.pulse} && !mark[7]) mark <= mark << 1;
  end
endmodule
