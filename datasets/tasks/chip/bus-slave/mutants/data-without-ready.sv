module bus_slave (
  input  logic clk,
  input  logic ${reset.port},
  input  logic psel,
  input  logic penable,
  input  logic pwrite,
  input  logic [3:0] paddr,
  input  logic [7:0] pwdata,
  input  logic [3:0] ${name.event_in},
  output logic pready,
  output logic [7:0] prdata,
  output logic pslverr,
  output logic [7:0] ${name.ctrl},
  output logic ${name.irq}
);
  localparam logic [3:0] Ctrl = 4'h0, Status = 4'h4, Mask = 4'h8, Id = 4'hc;

  logic waited, access, writes, known;
  logic [3:0] status, mask, cleared;
  logic [7:0] selected;

  assign access = psel && penable;
  assign pready = access && waited;

  assign known = paddr[1:0] == 2'b00;
  assign pslverr = pready && (!known || (pwrite && paddr == Id));
  assign writes = pready && pwrite && !pslverr;

  assign selected = paddr == Ctrl ? ${name.ctrl} : paddr == Status ? {4'd0, status} : paddr == Mask ? {4'd0, mask} : 8'h5a;
  assign prdata = access && !pwrite && known ? selected : 8'd0;

  assign ${name.irq} = |(status & mask);
  assign cleared = writes && paddr == Status ? pwdata[3:0] : 4'd0;

  always_ff @(posedge clk or ${reset.edge} ${reset.port}) begin
    if (${reset.test}) begin
      waited <= 1'b0;
      ${name.ctrl} <= 8'd0;
      status <= 4'd0;
      mask <= 4'd0;
    end else begin
      waited <= access && !waited;
      // Events come last, so that none is lost to a clear of the same edge.
      status <= (status & ~cleared) | ${name.event_in};
      if (writes && paddr == Ctrl) ${name.ctrl} <= pwdata;
      if (writes && paddr == Mask) mask <= pwdata[3:0];
    end
  end
endmodule
