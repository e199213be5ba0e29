module uart_transmitter (
  input  wire clk,
  input  wire ${reset.port},
  input  wire ${name.valid},
  input  wire [7:0] data,
  input  wire [1:0] parity,
  input  wire ${name.two_stops},
  output wire ${name.ready},
  output reg  ${name.txd}
);
  localparam IDLE = 3'd0, START = 3'd1, DATA = 3'd2, PARITY = 3'd3, STOP = 3'd4;

  reg [2:0] state;
  reg [7:0] word;
  reg use_parity, odd, twice;
  reg [2:0] index;
  reg [1:0] tick;
  wire bit_end = (tick == 2'd3);

  assign ${name.ready} = (state == IDLE);

  always @(posedge clk or ${reset.edge} ${reset.port}) begin
    if (${reset.test}) begin
      state <= IDLE;
      tick <= 2'd0;
      index <= 3'd0;
    end else if (state == IDLE) begin
      if (${name.valid}) begin
        state <= START;
        word <= data;
        use_parity <= (parity == 2'b01) || (parity == 2'b10);
        odd <= (parity == 2'b10);
        twice <= ${name.two_stops};
        tick <= 2'd0;
        index <= 3'd0;
      end
    end else begin
      tick <= tick + 2'd1;
      if (bit_end)
        case (state)
          START: state <= DATA;
          DATA: begin
            index <= index + 3'd1;
            if (index == 3'd7) state <= use_parity ? PARITY : STOP;
          end
          PARITY: state <= STOP;
          default: begin
            twice <= 1'b0;
            if (!(twice && ${name.two_stops})) state <= IDLE;
          end
        endcase
    end
  end

  always @* begin
    case (state)
      START: ${name.txd} = 1'b0;
      DATA: ${name.txd} = word[index];
      PARITY: ${name.txd} = (^word) ^ odd;
      default: ${name.txd} = 1'b1;
    endcase
  end
endmodule
