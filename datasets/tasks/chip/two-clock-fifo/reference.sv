module two_clock_fifo (
  input  logic ${clock.write},
  input  logic ${clock.read},
  input  logic ${reset.port},
  input  logic push,
  input  logic [${width - 1}:0] wdata,
  input  logic pop,
  output logic full,
  output logic [${bits}:0] wlevel,
  output logic [${bits}:0] wgray,
  output logic [${width - 1}:0] rdata,
  output logic empty,
  output logic [${bits}:0] rlevel,
  output logic [${bits}:0] rgray
);
  logic [${width - 1}:0] words[0:${2 ** bits - 1}];
  logic [${bits}:0] wcount, rcount;
  // The pointer of the other side on its way through two flip-flops.
  logic [${bits}:0] rgray_met, rgray_seen, wgray_met, wgray_seen;

  function automatic logic [${bits}:0] to_gray(input logic [${bits}:0] binary);
    to_gray = binary ^ (binary >> 1);
  endfunction

  function automatic logic [${bits}:0] to_binary(input logic [${bits}:0] gray);
    integer place;
    to_binary = gray;
    for (place = ${bits - 1}; place >= 0; place = place - 1)
      to_binary[place] = to_binary[place + 1] ^ gray[place];
  endfunction

  assign wlevel = wcount - to_binary(rgray_seen);
  assign rlevel = to_binary(wgray_seen) - rcount;
  assign full   = wlevel == ${bits + 1}'d${2 ** bits};
  assign empty  = rgray == wgray_seen;
  assign rdata  = empty ? ${width}'d0 : words[rcount[${bits - 1}:0]];

  logic put, take;
  assign put  = push && !full;
  assign take = pop && !empty;

  always_ff @(posedge ${clock.write})
    if (put) words[wcount[${bits - 1}:0]] <= wdata;

  always_ff @(posedge ${clock.write}${reset.event}) begin
    if (${reset.test}) begin
      wcount     <= 0;
      wgray      <= 0;
      rgray_met  <= 0;
      rgray_seen <= 0;
    end else begin
      if (put) wcount <= wcount + 1'b1;
      if (put) wgray <= to_gray(wcount + 1'b1);
      rgray_met  <= rgray;
      rgray_seen <= rgray_met;
    end
  end

  always_ff @(posedge ${clock.read}${reset.event}) begin
    if (${reset.test}) begin
      rcount     <= 0;
      rgray      <= 0;
      wgray_met  <= 0;
      wgray_seen <= 0;
    end else begin
      if (take) rcount <= rcount + 1'b1;
      if (take) rgray <= to_gray(rcount + 1'b1);
      wgray_met  <= wgray;
      wgray_seen <= wgray_met;
    end
  end
endmodule
