module driver #(parameter W = 4) (input [W-1:0] row, input index, output [W-1:0] got);
  assign got = row + index;
endmodule
module top(input clk, input reset, input up, output reg [3:0] q);
  wire [3:0] next;
  driver #(.W(4)) dut (.row(q), .index(up), .got(next));
  always @(posedge clk) q <= reset ? 4'd0 : next;
endmodule
