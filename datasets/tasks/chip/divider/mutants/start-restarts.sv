module divider (
  input  logic clk,
  input  logic ${reset.port},
  input  logic ${name.start},
  input  logic [15:0] ${name.dividend},
  input  logic [7:0] ${name.divisor},
  output logic busy,
  output logic done,
  output logic [15:0] quotient,
  output logic [7:0] remainder
);
  logic [4:0] steps_left;
  logic [15:0] work, next_work;
  logic [7:0] denominator, partial, next_partial;
  logic [8:0] shifted;
  logic fits;

  // One step of restoring division. The shifted partial remainder needs a ninth bit.
  assign shifted = {partial, work[15]};
  assign fits = shifted >= {1'b0, denominator};
  assign next_partial = fits ? shifted[7:0] - denominator : shifted[7:0];
  assign next_work = {work[14:0], fits};

  assign busy = steps_left != 5'd0;

  always_ff @(posedge clk) begin
    done <= 1'b0;
    if (${reset.test}) begin
      steps_left <= 5'd0;
      quotient <= 16'd0;
      remainder <= 8'd0;
    end else if (busy && !${name.start}) begin
      work <= next_work;
      partial <= next_partial;
      steps_left <= steps_left - 5'd1;
      if (steps_left == 5'd1) begin
        done <= 1'b1;
        quotient <= next_work;
        remainder <= next_partial;
      end
    end else if (${name.start}) begin
      work <= ${name.dividend};
      denominator <= ${name.divisor};
      partial <= 8'd0;
      steps_left <= 5'd16;
    end
  end
endmodule
