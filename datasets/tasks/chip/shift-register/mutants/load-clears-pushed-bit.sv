module shift_register (
  input  logic clk,
  input  logic ${reset.port},
  input  logic [1:0] ${name.mode},
  input  logic ${name.serial_in},
  input  logic [7:0] d,
  output logic [7:0] q,
  output logic ${name.serial_out}
);
  typedef enum logic [1:0] {Hold, Left, Right, Load} mode_t;

  always_ff @(negedge clk) begin
    if (${reset.test}) begin
      q <= 8'd0;
      ${name.serial_out} <= 1'b0;
    end else begin
      case (${name.mode})
        Left: begin
          q <= {q[6:0], ${name.serial_in}};
          ${name.serial_out} <= q[7];
        end
        Right: begin
          q <= {q[7], q[7:1]};
          ${name.serial_out} <= q[0];
        end
        Load: {${name.serial_out}, q} <= {1'b0, d};
        default: ;
      endcase
    end
  end
endmodule
