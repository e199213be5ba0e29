module fifo (
  input  logic clk,
  input  logic ${reset.port},
  input  logic ${name.push},
  input  logic [7:0] ${name.wdata},
  input  logic ${name.pop},
  output logic [7:0] ${name.rdata},
  output logic empty,
  output logic full,
  output logic [2:0] count
);
  localparam logic [2:0] Depth = 3'd5;

  logic [7:0] words[0:4];
  logic [2:0] head, tail;
  logic pushed, popped;

  // The depth is no power of two, so the pointers wrap by comparison.
  function automatic logic [2:0] after(input logic [2:0] pointer);
    after = pointer == Depth - 3'd1 ? 3'd0 : pointer + 3'd1;
  endfunction

  assign empty = count == 3'd0;
  assign full = count == Depth;
  assign popped = ${name.pop} && !empty;
  assign pushed = ${name.push} && (!full || ${name.pop});
  assign ${name.rdata} = empty ? 8'd0 : words[head];

  always_ff @(posedge clk) begin
    if (pushed) words[tail] <= ${name.wdata};
  end

  always_ff @(posedge clk or ${reset.edge} ${reset.port}) begin
    if (${reset.test}) begin
      head <= 3'd0;
      tail <= 3'd0;
      count <= 3'd0;
    end else begin
      if (pushed) tail <= after(tail);
      if (popped) head <= after(head);
      count <= count + {2'd0, pushed} - {2'd0, popped};
    end
  end
endmodule
