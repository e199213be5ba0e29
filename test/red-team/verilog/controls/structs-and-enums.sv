typedef struct packed { logic [1:0] high; logic [1:0] low; } parts_t;
module top(input logic clk, input logic reset, input logic up, output logic [3:0] q);
  typedef enum logic { HOLD, COUNT } mode_t;
  parts_t now, next;
  mode_t mode;
  always_comb begin
    if (up) mode = COUNT;
    else mode = HOLD;
    next = now;
    if (mode == COUNT) begin
      next.low = now.low + 2'd1;
      if (now.low == 2'd3) next.high = now.high + 2'd1;
    end
  end
  always_ff @(posedge clk)
    if (reset) now <= '0;
    else now <= next;
  assign q = {now.high, now.low};
endmodule
