module vending_machine (
  input  logic clk,
  input  logic rst_n,
  input  logic [1:0] coin,
  input  logic cancel,
  output logic [4:0] credit,
  output logic dispense,
  output logic refund,
  output logic [5:0] change
);
  localparam logic [5:0] Price = 6'd35;

  logic [5:0] value, total;

  always_comb begin
    case (coin)
      2'b01: value = 6'd5;
      2'b10: value = 6'd10;
      2'b11: value = 6'd20;
      default: value = 6'd0;
    endcase
  end

  assign total = {1'b0, credit} + value;

  always_ff @(posedge clk) begin
    if (!rst_n) begin
      credit <= 5'd0;
      dispense <= 1'b0;
      refund <= 1'b0;
      change <= 6'd0;
    end else if (cancel) begin
      credit <= 5'd0;
      refund <= total != 6'd0;
      change <= total;
    end else if (total >= Price) begin
      credit <= 5'd0;
      dispense <= 1'b1;
      change <= total - Price;
    end else credit <= total[4:0];
  end
endmodule
