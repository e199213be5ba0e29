module shift_register (
  input  logic clk,
  input  logic rst_n,
  input  logic [1:0] mode,
  input  logic serial_in,
  input  logic [7:0] d,
  output logic [7:0] q,
  output logic serial_out
);
  typedef enum logic [1:0] {Hold, Left, Right, Load} mode_t;

  always_ff @(negedge clk or negedge rst_n) begin
    if (!rst_n) begin
      q <= 8'd0;
      serial_out <= 1'b0;
    end else begin
      case (mode)
        Left: begin
          q <= {q[6:0], serial_in};
          serial_out <= q[7];
        end
        Right: begin
          q <= {q[7], q[7:1]};
          serial_out <= q[0];
        end
        Load: q <= d;
        default: ;
      endcase
    end
  end
endmodule
