(* blackbox *) module child(input clk, input reset, input up, output [3:0] q);
endmodule
module top(input clk, input reset, input up, output [3:0] q);
  child u(clk, reset, up, q);
endmodule
