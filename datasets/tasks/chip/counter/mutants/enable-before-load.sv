module counter (
  input  logic clk,
  input  logic ${reset.port},
  input  logic load,
  input  logic [7:0] ${name.load_value},
  input  logic ${name.enable},
  input  logic up,
  output logic [7:0] count,
  output logic ${name.at_limit}
);
  localparam logic [7:0] Top = 8'd199;

  assign ${name.at_limit} = up ? count == Top : count == 8'd0;

  always_ff @(posedge clk) begin
    if (${reset.test}) count <= 8'd0;
    else if (${name.enable}) begin
      if (${name.at_limit}) count <= up ? 8'd0 : Top;
      else count <= up ? count + 8'd1 : count - 8'd1;
    end
    else if (load) count <= ${name.load_value} > Top ? Top : ${name.load_value};
  end
endmodule
