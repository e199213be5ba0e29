module queue (
  input  logic clk,
  input  logic ${reset.port},
  input  logic ${name.push},
  input  logic ${name.pop},
  input  logic [${width - 1}:0] d,
  output logic [${width - 1}:0] q,
  output logic ${name.empty},
  output logic ${name.full},
  output logic [2:0] level
);
  logic [${width - 1}:0] words[0:3];
  logic [2:0] head, tail;  // of the oldest word, and behind the newest
  logic puts, takes;

  assign q = ${name.empty} ? ${width}'d0 : words[head[1:0]];

  always_ff @(posedge clk)
    if (puts) words[tail[1:0]] <= d;

  assign level = tail - head;
  assign ${name.empty} = level == 3'd0;
  assign ${name.full} = level == 3'd4;
  assign takes = ${name.pop} && !${name.empty};
  assign puts = ${name.push} && (!${name.full} || takes);

  always_ff @(posedge clk${reset.event})
    if (${reset.test}) begin
      head <= 3'd0;
      tail <= 3'd0;
    end else begin
      if (takes) head <= head + 3'd1;
      if (puts) tail <= tail + 3'd1;
    end
endmodule
