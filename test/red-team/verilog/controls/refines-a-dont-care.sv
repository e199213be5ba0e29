module top(input [1:0] code, output reg [3:0] onehot);
  always @*
    case (code)
      2'd0: onehot = 4'b0001;
      2'd1: onehot = 4'b0010;
      2'd2: onehot = 4'b0100;
      default: onehot = 4'b0000;
    endcase
endmodule
