module testbench;
  reg  [3:0] a, b, c;
  wire [3:0] ${name.low}, ${name.middle}, ${name.high};
  wire       ${name.tie};
  reg  [3:0] x, y, z, t;
  integer    n, bad;

  sorter dut (.a(a), .b(b), .c(c), .${name.low}(${name.low}), .${name.middle}(${name.middle}), .${name.high}(${name.high}), .${name.tie}(${name.tie}));

  initial begin
    bad = 0;
    for (n = 0; n < 4096; n = n + 1) begin
      {a, b, c} = n;
      #1;
      x = a; y = b; z = c;
      if (x > y) begin t = x; x = y; y = t; end
      if (y > z) begin t = y; y = z; z = t; end
      if (x > y) begin t = x; x = y; y = t; end
      if (${name.low} !== x) bad = bad + 1;
      if (${name.middle} !== y) bad = bad + 1;
      if (${name.high} !== z) bad = bad + 1;
      if (${name.tie} !== (x == y || y == z)) bad = bad + 1;
    end
    if (bad == 0) $display("PASS");
    else $display("FAIL");
    $finish;
  end
endmodule
