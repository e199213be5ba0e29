module counter (
  input  logic clk,
  input  logic rst,
  input  logic load,
  input  logic [7:0] load_value,
  input  logic enable,
  input  logic up,
  output logic [7:0] count,
  output logic at_limit
);
  localparam logic [7:0] Top = 8'd199;

  assign at_limit = up ? count == Top : count == 8'd0;

  always_ff @(posedge clk) begin
    if (rst) count <= 8'd0;
    else if (load) count <= load_value > Top ? Top : load_value;
    else if (enable) begin
      if (at_limit) count <= up ? 8'd0 : Top;
      else count <= up ? count + 8'd1 : count - 8'd1;
    end
  end
endmodule
