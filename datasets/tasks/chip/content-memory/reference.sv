module content_memory (
  input  logic clk,
  input  logic ${reset.port},
  input  logic insert,
  input  logic remove,
  input  logic [${width - 1}:0] key,
  output logic hit,
  output logic [${clog2(entries) - 1}:0] index,
  output logic full,
  output logic [${entries - 1}:0] used
);
  logic [${width - 1}:0] keys [0:${entries - 1}];
  localparam integer Last = ${entries - 1};

  logic [${clog2(entries) - 1}:0] free;
  logic [${entries - 1}:0] match;
  integer i, j;

  always @* begin
    match = 0;
    hit = 1'b0;
    index = 0;
    for (i = 0; i < ${entries}; i = i + 1) begin
      match[i] = used[i] && keys[i] == key;
      hit = hit | match[i];
      index = index | (match[i] ? i : 0);
    end
  end

  always @* begin
    free = 0;
    for (j = 0; j < ${entries}; j = j + 1) begin
      if (!used[${order.entry}]) free = ${order.entry};
    end
  end

  assign full = &used;

  always_ff @(posedge clk${reset.event}) begin
    if (${reset.test}) used <= 0;
    else if (hit) begin
      if (remove) used[index] <= 1'b0;
    end else if (insert && !full) used[free] <= 1'b1;
  end

  // A free entry may hold any key, so that the next one to be used always has the newest.
  always_ff @(posedge clk) begin
    if (!full) keys[free] <= key;
  end
endmodule
