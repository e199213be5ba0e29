module uart_transmitter (
  input  logic clk,
  input  logic ${reset.port},
  input  logic ${name.valid},
  input  logic [7:0] data,
  input  logic [1:0] parity,
  input  logic ${name.two_stops},
  output logic ${name.ready},
  output logic ${name.txd}
);
  logic [11:0] frame;
  logic [3:0] bits_left;
  logic [1:0] phase;
  logic has_parity, parity_bit;

  assign ${name.ready} = bits_left <= 4'd1;
  assign ${name.txd} = frame[0];

  assign has_parity = parity[0] != parity[1];
  assign parity_bit = has_parity ? ^data ^ parity[1] : 1'b1;

  // Ones move in behind the frame: they are the stop bits and the line at rest.
  always_ff @(posedge clk or ${reset.edge} ${reset.port}) begin
    if (${reset.test}) begin
      frame <= 12'hfff;
      bits_left <= 4'd0;
      phase <= 2'd0;
    end else if (${name.ready}) begin
      if (${name.valid}) begin
        frame <= {2'b11, parity_bit, data, 1'b0};
        bits_left <= 4'd10 + {3'd0, has_parity} + {3'd0, ${name.two_stops}};
        phase <= 2'd0;
      end
    end else begin
      phase <= phase + 2'd1;
      if (phase == 2'd3) begin
        frame <= {1'b1, frame[11:1]};
        bits_left <= bits_left - 4'd1;
      end
    end
  end
endmodule
