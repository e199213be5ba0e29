import { expect, test } from 'vitest';
import { comparePorts, readPorts } from '../../../verifiers/chip/icarus/elaborated-ports.ts';
import { readIcarusMessages } from '../../../verifiers/chip/icarus/icarus-messages.ts';
import { port } from './chip-task.ts';

test("Icarus' messages keep their lines, and lines that go on are joined", () => {
  const text = `a.sv:3: warning: Port 2 (y) of n expects 3 bits, got 1.
a.sv:3:        : Padding 2 high bits of the port.
a.sv:9: syntax error
a.sv:9: error: Invalid module instantiation
a.sv:9: error: Invalid module instantiation
error: Unable to find the root module "m" in the Verilog source.
     : Perhaps \`\`-s m'' is incorrect?
I give up.
2 error(s) during elaboration.
`;
  const placed = { file: 'a.sv' };
  expect(readIcarusMessages(text)).toEqual([
    {
      severity: 'warning',
      message: 'Port 2 (y) of n expects 3 bits, got 1. Padding 2 high bits of the port.',
      ...placed,
      line: 3,
    },
    { severity: 'error', message: 'syntax error', ...placed, line: 9 },
    { severity: 'error', message: 'Invalid module instantiation', ...placed, line: 9 },
    {
      severity: 'error',
      message: 'Unable to find the root module "m" in the Verilog source. Perhaps ``-s m\'\' is incorrect?',
    },
  ]);
});

test.each([
  'a.sv:1: sorry: break statements not supported.',
  'a.sv:1: vvp.tgt sorry: procedural assignments to a net are not supported',
  'a.sv:1: error: Constant user functions are not yet supported.',
  'a.sv:1: assert: elaborate.cc:214: failed assertion rval_pident',
  'a.sv:1: internal error: 9 != 8',
])('what Icarus lacks is unsupported: %s', (line) => {
  expect(readIcarusMessages(line)).toMatchObject([{ severity: 'error', code: 'unsupported', line: 1 }]);
});

test('ports are read from the outermost instance of the top', () => {
  const lines = [
    'S_0x1 .scope module, "driver" "driver" 2 1;',
    'S_0x2 .scope module, "u" "top" 2 5, 3 3 0, S_0x1;',
    '.port_info 0 /INPUT 1 "a";',
    '.port_info 1 /OUTPUT 8 "q";',
    'S_0x3 .scope module, "v" "child" 3 9, 3 9 0, S_0x2;',
    '.port_info 0 /INOUT 1 "x";',
  ];
  const ports = readPorts(lines, 'top');
  expect(ports).toEqual([
    { name: 'a', direction: 'input', width: 1 },
    { name: 'q', direction: 'output', width: 8 },
  ]);
  expect(readPorts(lines, 'absent')).toBe(undefined);
  expect(comparePorts('top', [port('a', 'input'), port('q', 'output', 8)], ports ?? [])).toEqual([]);
});
