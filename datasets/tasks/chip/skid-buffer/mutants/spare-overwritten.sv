module skid_buffer (
  input  logic clk,
  input  logic ${reset.port},
  input  logic ${name.s_valid},
  input  logic [7:0] ${name.s_data},
  input  logic ${name.m_ready},
  output logic ${name.s_ready},
  output logic ${name.m_valid},
  output logic [7:0] ${name.m_data}
);
  logic [7:0] main, spare;
  logic main_valid, spare_valid;

  assign ${name.s_ready} = !spare_valid;
  assign ${name.m_valid} = main_valid;
  assign ${name.m_data} = main_valid ? main : 8'd0;

  always_ff @(posedge clk) begin
    if (${reset.test}) begin
      main_valid <= 1'b0;
      spare_valid <= 1'b0;
    end else if (${name.m_ready} || !main_valid) begin
      // The main register is free: the spare word goes before a new one.
      main <= spare_valid ? spare : ${name.s_data};
      main_valid <= spare_valid || ${name.s_valid};
      spare_valid <= 1'b0;
    end else if (${name.s_valid}) begin
      spare <= ${name.s_data};
      spare_valid <= 1'b1;
    end
  end
endmodule
