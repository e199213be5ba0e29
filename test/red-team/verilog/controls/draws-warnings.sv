module top(input clk, input reset, input up, output reg [3:0] q);
  wire [63:0] unused = q;
  wire [1:0] narrow = unused;
  child u(.a(narrow), .b());
  always @(posedge clk)
    if (reset) q <= 32'd0;
    else if (up) q <= q + 32'd1;
endmodule
module child(input [3:0] a, output b);
endmodule
