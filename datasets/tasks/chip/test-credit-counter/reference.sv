module testbench;
  logic clk = 0, rst = 1, ${name.take} = 0, ${name.give} = 0;
  wire [2:0] ${name.credits};
  wire empty, ${name.lost};

  credit_counter dut (.clk(clk), .rst(rst), .${name.take}(${name.take}), .${name.give}(${name.give}), .${name.credits}(${name.credits}), .empty(empty), .${name.lost}(${name.lost}));

  logic [2:0] model;
  logic       model_lost;
  logic       wrong = 0;
  integer     step;

  task check;
    if (${name.credits} !== model || empty !== (model == 0) || ${name.lost} !== model_lost) wrong = 1;
  endtask

  task cycle(input logic r, input logic t, input logic g);
    begin
      rst = r; ${name.take} = t; ${name.give} = g;
      #2 check;
      model_lost = 0;
      if (r) model = 4;
      else if (t && g) begin if (model == 0) model = 1; end
      else if (t) begin if (model != 0) model = model - 1; end
      else if (g) begin
        if (model == 7) model_lost = 1;
        else model = model + 1;
      end
      #3 clk = 1;
      #2 check;
      ${name.take} = $urandom; ${name.give} = $urandom;
      #1 check;
      #2 clk = 0;
    end
  endtask

  initial begin
    model = 4; model_lost = 0;
    rst = 1; #5 clk = 1; #5 clk = 0; #5 clk = 1; #5 clk = 0;
    cycle(0, 0, 0);
    for (step = 0; step < 6; step = step + 1) cycle(0, 1, 0);
    cycle(0, 1, 1);
    for (step = 0; step < 9; step = step + 1) cycle(0, 0, 1);
    cycle(0, 1, 1);
    cycle(0, 0, 0);
    cycle(1, 0, 1);
    cycle(0, 0, 0);
    for (step = 0; step < 400; step = step + 1)
      cycle($urandom_range(0, 40) == 0, $urandom, $urandom);
    if (wrong) $display("FAIL");
    else $display("PASS");
    $finish;
  end
endmodule
