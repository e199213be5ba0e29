module watchdog (
  input  logic       clk,
  input  logic       ${reset.port},
  input  logic       ${name.run},
  input  logic       ${name.kick},
  input  logic [3:0] open_from,
  output logic [3:0] elapsed,
  output logic       ${name.early},
  output logic       ${name.late}
);
  logic in_window;

  assign in_window = elapsed > open_from;

  always_ff @(posedge clk or ${reset.edge} ${reset.port}) begin
    if (${reset.test}) begin
      elapsed <= 4'd0;
      ${name.early}   <= 1'b0;
      ${name.late}    <= 1'b0;
    end else if (!${name.run}) begin
      elapsed <= 4'd0;
    end else if (${name.kick}) begin
      elapsed <= 4'd0;
      if (!in_window) ${name.early} <= 1'b1;
    end else if (elapsed == 4'd15) begin
      ${name.late} <= 1'b1;
    end else begin
      elapsed <= elapsed + 4'd1;
    end
  end
endmodule
