module traffic_light (
  input  logic       clk,
  input  logic       ${reset.port},
  input  logic       ${name.car},
  input  logic       ${name.walk},
  output logic [2:0] main_road,
  output logic [2:0] side_road,
  output logic       ${name.walking}
);
  typedef enum logic [1:0] {MAIN, CLEAR, SIDE, BACK} state_t;

  localparam logic [2:0] RED = 3'b100, YELLOW = 3'b010, GREEN = 3'b001;

  state_t     state, next;
  logic [3:0] age;      // cycles that the state has lasted
  logic       asked;    // somebody has asked to walk

  always_comb begin
    next = state;
    case (state)
      MAIN: if (age >= 4'd4 && (${name.car} || asked)) next = CLEAR;
      CLEAR: if (age == 4'd1) next = SIDE;
      SIDE: if (age == 4'd5 || (age >= 4'd2 && !${name.car} && !asked)) next = BACK;
      BACK: if (age == 4'd1) next = MAIN;
    endcase
  end

  assign main_road = (state == MAIN) ? GREEN : (state == CLEAR) ? YELLOW : RED;
  assign side_road = (state == SIDE) ? GREEN : (state == BACK) ? YELLOW : RED;
  assign ${name.walking}   = (state == SIDE) && asked && (age <= 4'd3);

  always_ff @(posedge clk)
    if (${reset.test}) begin
      state <= MAIN;
      age   <= 4'd0;
    end else begin
      state <= next;
      if (next != state) age <= 4'd0;
      else if (age != 4'd15) age <= age + 4'd1;
    end

  always_ff @(posedge clk)
    if (${reset.test}) asked <= 1'b0;
    else if (${name.walking}) asked <= 1'b0;
    else if (${name.walk}) asked <= 1'b1;
endmodule
