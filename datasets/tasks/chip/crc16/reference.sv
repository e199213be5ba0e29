module crc16 (
  input  logic clk,
  input  logic ${reset.port},
  input  logic ${name.valid},
  input  logic first,
  input  logic last,
  input  logic [7:0] data,
  output logic [15:0] ${name.crc},
  output logic done,
  output logic ${name.good}
);
  localparam logic [15:0] Polynomial = 16'h1021;
  localparam logic [15:0] Start = 16'hffff;

  logic [15:0] next;

  // Eight steps of the bitwise checksum, highest bit of the byte first.
  function automatic logic [15:0] absorb(input logic [15:0] sum, input logic [7:0] value);
    absorb = sum ^ {value, 8'd0};
    for (int i = 0; i < 8; i++) begin
      absorb = absorb[15] ? {absorb[14:0], 1'b0} ^ Polynomial : {absorb[14:0], 1'b0};
    end
  endfunction

  assign next = absorb(first ? Start : ${name.crc}, data);

  always_ff @(posedge clk or ${reset.edge} ${reset.port}) begin
    if (${reset.test}) begin
      ${name.crc} <= Start;
      done <= 1'b0;
      ${name.good} <= 1'b0;
    end else begin
      done <= ${name.valid} && last;
      ${name.good} <= ${name.valid} && last && next == 16'd0;
      if (${name.valid}) ${name.crc} <= next;
    end
  end
endmodule
