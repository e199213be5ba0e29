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

  // <answer>
endmodule
