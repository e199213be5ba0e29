import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type GateSpec, gate, maxSourceBytes } from '../../../../verifiers/chip/verilog/gate.ts';

const spec: GateSpec = { language: 'systemverilog', top: 'm', ports: [] };
const refusals = (source: string) =>
  gate(source, spec).diagnostics.map(({ line, column, code }) => `${line}:${column} ${code}`);
const inModule = (body: string) => `module m(input a);\n${body}\nendmodule\n`;

test.each([
  'child #(.W(3)) u (.a(a), .b());',
  'child #(3) u [1:0] (a);',
  'child #3 u (a);',
  'child u (.*);',
  'typedef struct packed { logic x; logic [2:0] y; } pair; pair q [2]; assign q[0].x = q[1].y;',
  'struct packed { logic x; } v, w; assign v.x = w.x;',
  'for (genvar i = 0; i < 3; i++) begin : stage wire t; end assign z = stage[0].t;',
  'enum logic { A, B } state, next; always_comb next = state.next();',
  'import p::*; assign x = p::C;',
  "reg q; initial begin q = 1'b0; end",
  'wire error_x; // PASS, $finish, error, `include\n assign error_x = a;',
  'always @(*) begin : found disable found; end',
  'localparam N = $clog2(5) + $bits(a); assign s = $signed(a) >>> 1;',
  'always_latch if (a) q = 1; wire (* keep *) k;',
  'function automatic pair f(input pair z); f.x = z.x; endfunction typedef struct packed {logic x;} pair;',
])('stays in the design: %s', (body) => {
  expect(refusals(inModule(body))).toEqual([]);
});

test.each([
  ['initial $finish;', '2:9 system-task'],
  ['initial $display("PASS");', '2:9 system-task'],
  ['initial f = $fopen("/dev/fd/1");', '2:13 system-task'],
  ['assign q = $time;', '2:12 system-task'],
  ['assign q = $root.tb.x;', '2:12 system-task'],
  ['initial force a = 1;', '2:9 keyword'],
  ['final q = 1;', '2:1 keyword'],
  ['import "DPI-C" function int system(string s);', '2:1 keyword'],
  ['defparam u.W = 1;', '2:1 keyword'],
  ['bind m x y();', '2:1 keyword'],
  ['assume property (a);', '2:1 keyword'],
  ['initial #1 q = 1;', '2:9 delay'],
  ['always @(posedge a) q <= #1 a;', '2:26 delay'],
  ['wire [3:0] #1 w = a;', '2:12 delay'],
  ['and #2 g(x, a, a);', '2:5 delay'],
  ['always @a #(5) f(1);', '2:11 delay'],
  ['always @(a) begin : b #(5) f(1); end', '2:23 delay'],
  ['assign q = tb.q;', '2:14 hierarchy'],
  ['assign q = u1.q;', '2:14 hierarchy'],
  ['assign q = stage[0].t;', '2:20 hierarchy'],
  ['wire \\tb.q ;', '2:6 escaped-name'],
])('leads out of the design: %s', (body, refusal) => {
  expect(refusals(inModule(body))[0]).toBe(refusal);
});

test('a name declared in one module does not open another', () => {
  const source = 'module n; struct packed { logic x; } v; endmodule\nmodule m; assign y = v.x; endmodule';
  expect(refusals(source)).toEqual(['2:23 hierarchy']);
});

test('words that SystemVerilog brought are names in a Verilog task', () => {
  const source = 'module m; reg final, bind, assert; endmodule';
  expect(gate(source, { ...spec, language: 'verilog' }).diagnostics).toEqual([]);
  expect(refusals(source)).toEqual(['1:15 keyword', '1:22 keyword', '1:28 keyword']);
});

test('a missing top or port is named', () => {
  const ports = [
    { name: 'a', direction: 'input' as const, width: 1 },
    { name: 'q', direction: 'output' as const, width: 1 },
  ];
  const messages = (source: string) =>
    gate(source, { ...spec, ports }).diagnostics.map(({ message }) => message);
  expect(messages('module other(input a); endmodule')).toEqual(['there is no module m']);
  expect(messages('module m(input a); wire q; endmodule')).toEqual(['module m has no port q']);
  expect(messages('module m #(parameter W = 1) (a, q); input a; output q; endmodule')).toEqual([]);
});

test('a text beyond the bound is refused before it is read', () => {
  expect(refusals(' '.repeat(maxSourceBytes + 1))).toEqual(['1:1 size']);
});

test('any text is judged', () => {
  const words = fc.constantFrom(
    'module m',
    '(',
    ')',
    '.',
    '#',
    '[',
    ']',
    '{',
    '}',
    'typedef enum',
    'a',
    ';',
    ',',
    'begin :',
    '`ifdef',
    "'",
    '$x',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(words).map((list) => list.join(' ')),
      ),
      (source) => {
        const { design, diagnostics } = gate(source, spec);
        expect(design === undefined).toBe(diagnostics.length > 0);
      },
    ),
  );
});
