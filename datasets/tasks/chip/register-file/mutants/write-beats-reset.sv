module register_file (
  input  logic clk,
  input  logic ${reset.port},
  input  logic ${name.write},
  input  logic [1:0] ${name.byte_enable},
  input  logic [2:0] ${name.waddr},
  input  logic [15:0] ${name.wdata},
  input  logic [2:0] raddr_a,
  input  logic [2:0] raddr_b,
  output logic [15:0] rdata_a,
  output logic [15:0] rdata_b
);
  logic [15:0] registers[0:7];
  logic [15:0] old, merged;
  logic writes;

  assign writes = ${name.write} && ${name.waddr} != 3'd0;
  assign old = registers[${name.waddr}];
  assign merged = {${name.byte_enable}[1] ? ${name.wdata}[15:8] : old[15:8], ${name.byte_enable}[0] ? ${name.wdata}[7:0] : old[7:0]};

  assign rdata_a = writes && raddr_a == ${name.waddr} ? merged : registers[raddr_a];
  assign rdata_b = writes && raddr_b == ${name.waddr} ? merged : registers[raddr_b];

  // Register 0 is cleared like the others and never written, so it reads as 0.
  always_ff @(posedge clk) begin
    if (${reset.test}) for (int i = 0; i < 8; i++) registers[i] <= 16'd0;
    if (writes) registers[${name.waddr}] <= merged;
  end
endmodule
