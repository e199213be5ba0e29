module skid_buffer (
  input  logic clk,
  input  logic rst,
  input  logic s_valid,
  input  logic [7:0] s_data,
  input  logic m_ready,
  output logic s_ready,
  output logic m_valid,
  output logic [7:0] m_data
);
  logic [7:0] main, spare;
  logic main_valid, spare_valid;

  assign s_ready = !spare_valid;
  assign m_valid = main_valid;
  assign m_data = main_valid ? main : 8'd0;

  always_ff @(posedge clk) begin
    if (rst) begin
      main_valid <= 1'b0;
    end else if (m_ready || !main_valid) begin
      // The main register is free: the spare word goes before a new one.
      main <= spare_valid ? spare : s_data;
      main_valid <= spare_valid || s_valid;
      spare_valid <= 1'b0;
    end else if (s_valid && s_ready) begin
      spare <= s_data;
      spare_valid <= 1'b1;
    end
  end
endmodule
