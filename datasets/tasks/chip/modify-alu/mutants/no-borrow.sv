module small_alu (
  input  logic [1:0] ${name.op},
  input  logic       ${name.wide},
  input  logic [7:0] a,
  input  logic [7:0] b,
  output logic [7:0] y,
  output logic       zero,
  output logic       ${name.carry}
);
  logic [8:0] sum, difference;

  assign sum        = {1'b0, a} + {1'b0, b};
  assign difference = {1'b0, a} - {1'b0, b};
  assign zero       = ${name.wide} ? (y == 8'd0) : (y[3:0] == 4'd0);

  always_comb begin
    ${name.carry} = 1'b0;
    case (${name.op})
      2'd0: begin
        y     = sum[7:0];
        ${name.carry} = sum[8];
      end
      2'd1: begin
        y     = difference[7:0];
        ${name.carry} = ~difference[8];
      end
      2'd2:    y = a & b;
      default: y = a | b;
    endcase
  end
endmodule
