import { describe, expect, test } from 'vitest';
import { gate } from '../../../verifiers/chip/verilog/gate.ts';
import { cvdpSolutions } from './cvdp.ts';
import { variants, verilogEvalReferences } from './verilog-eval.ts';

const sets = [
  ...variants.map((variant) => ({
    set: `VerilogEval ${variant}`,
    designs: verilogEvalReferences(variant),
    size: 156,
  })),
  { set: 'CVDP with solutions', designs: cvdpSolutions(), size: 2 },
];

describe.each(sets)('$set (skipped where the data is absent)', ({ designs, size }) => {
  test.skipIf(designs.length === 0)('the gate lets every design through', () => {
    expect(designs.length).toBe(size);
    const refused = designs.flatMap(({ name, text }) => {
      const top = /\bmodule\s+(\w+)/.exec(text)?.[1] ?? '';
      const { diagnostics } = gate(text, { language: 'systemverilog', top, ports: [] });
      return diagnostics.map(({ line, message }) => `${name}:${line} ${message}`);
    });
    expect(refused).toEqual([]);
  });
});
