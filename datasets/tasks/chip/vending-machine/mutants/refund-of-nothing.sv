module vending_machine (
  input  logic clk,
  input  logic ${reset.port},
  input  logic [1:0] ${name.coin},
  input  logic ${name.cancel},
  output logic [4:0] credit,
  output logic ${name.dispense},
  output logic refund,
  output logic [5:0] ${name.change}
);
  localparam logic [5:0] Price = 6'd35;

  logic [5:0] value, total;

  always_comb begin
    case (${name.coin})
      2'b01: value = 6'd5;
      2'b10: value = 6'd10;
      2'b11: value = 6'd20;
      default: value = 6'd0;
    endcase
  end

  assign total = {1'b0, credit} + value;

  always_ff @(posedge clk) begin
    ${name.dispense} <= 1'b0;
    refund <= 1'b0;
    ${name.change} <= 6'd0;
    if (${reset.test}) credit <= 5'd0;
    else if (${name.cancel}) begin
      credit <= 5'd0;
      refund <= 1'b1;
      ${name.change} <= total;
    end else if (total >= Price) begin
      credit <= 5'd0;
      ${name.dispense} <= 1'b1;
      ${name.change} <= total - Price;
    end else credit <= total[4:0];
  end
endmodule
