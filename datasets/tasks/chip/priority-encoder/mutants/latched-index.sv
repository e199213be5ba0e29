module priority_encoder (
  input  wire [7:0] ${name.request},
  output wire ${name.valid},
  output reg  [2:0] index,
  output reg  [7:0] ${name.grant}
);
  assign ${name.valid} = |${name.request};

  always @* begin
    if (${name.request}[7]) index = 3'd7;
    else if (${name.request}[6]) index = 3'd6;
    else if (${name.request}[5]) index = 3'd5;
    else if (${name.request}[4]) index = 3'd4;
    else if (${name.request}[3]) index = 3'd3;
    else if (${name.request}[2]) index = 3'd2;
    else if (${name.request}[1]) index = 3'd1;
    else if (${name.request}[0]) index = 3'd0;
  end

  always @* ${name.grant} = ${name.valid} ? 8'd1 << index : 8'd0;
endmodule
