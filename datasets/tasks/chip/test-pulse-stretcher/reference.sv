module testbench;
  reg        clk = 0, rst = 1, ${name.pulse} = 0;
  wire       ${name.high};
  wire [2:0] ${name.pulses};
  integer    left, count, bad, n;

  stretcher dut (.clk(clk), .rst(rst), .${name.pulse}(${name.pulse}), .${name.high}(${name.high}), .${name.pulses}(${name.pulses}));

  task look;
    if (${name.high} !== (left != 0) || ${name.pulses} !== count) bad = bad + 1;
  endtask

  // Inputs move while the clock is low, and nothing else may then.
  task cycle(input r, input p);
    begin
      #1 rst = r; ${name.pulse} = p;
      #4 look;
      #1 clk = 1;
      if (r) begin left = 0; count = 0; end
      else begin
        left = p ? 3 : left > 0 ? left - 1 : 0;
        if (p && count < 7) count = count + 1;
      end
      #4 look;
      clk = 0;
      #1 look;
    end
  endtask

  initial begin
    bad = 0; left = 0; count = 0;
    #1 clk = 1;
    #1 clk = 0;
    cycle(1, 0);
    for (n = 0; n < 10; n = n + 1) cycle(0, 1);
    for (n = 0; n < 6; n = n + 1) cycle(0, 0);
    cycle(0, 1);
    cycle(1, 1);
    for (n = 0; n < 3; n = n + 1) cycle(0, 0);
    for (n = 0; n < 2000; n = n + 1) cycle($random % 29 == 0, $random % 3 == 0);
    if (bad == 0) $display("PASS");
    else $display("FAIL");
    $finish;
  end
endmodule
