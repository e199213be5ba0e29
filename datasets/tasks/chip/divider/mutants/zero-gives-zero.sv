module divider (
  input  wire clk,
  input  wire ${reset.port},
  input  wire ${name.start},
  input  wire [15:0] ${name.dividend},
  input  wire [7:0] ${name.divisor},
  output reg  busy,
  output reg  done,
  output reg  [15:0] quotient,
  output reg  [7:0] remainder
);
  reg [15:0] a;
  reg [7:0] b;
  reg [3:0] wait_count;
  wire [15:0] wide = {8'h00, b};
  wire [15:0] rest = a % wide;

  always @(posedge clk) begin
    if (${reset.test}) begin
      busy <= 1'b0;
      done <= 1'b0;
      quotient <= 16'h0000;
      remainder <= 8'h00;
      wait_count <= 4'd0;
    end else begin
      done <= 1'b0;
      if (!busy) begin
        if (${name.start}) begin
          a <= ${name.dividend};
          b <= ${name.divisor};
          busy <= 1'b1;
          wait_count <= 4'd15;
        end
      end else if (wait_count != 4'd0) begin
        wait_count <= wait_count - 4'd1;
      end else begin
        busy <= 1'b0;
        done <= 1'b1;
        quotient <= (b == 8'd0) ? 16'h0000 : a / wide;
        remainder <= (b == 8'd0) ? a[7:0] : rest[7:0];
      end
    end
  end
endmodule
