import type { EquivalenceSpec } from '../../verifiers/chip/equivalence/spec.ts';
import type { ChipSpec } from '../../verifiers/chip/spec.ts';
import type { TestbenchSpec } from '../../verifiers/chip/testbench/spec.ts';
import { languageOf } from '../../verifiers/code/languages/index.ts';
import { writeChange } from '../../verifiers/code/repository/change.ts';
import type { Task } from '../task.ts';

/** Candidates without content, by what they are; a task that lets one pass tests nothing. */
export function hollowCandidates({ verify }: Task): { name: string; candidate: string }[] {
  const empty = { name: 'empty answer', candidate: '' };
  if (verify.mode === 'repository') {
    return [empty, { name: 'the files as they are', candidate: writeChange({ by: 'files', files: {} }) }];
  }
  if (verify.kind === 'code') {
    const { comment } = languageOf(verify.language);
    return [empty, { name: 'empty program', candidate: `${comment} nothing\n` }];
  }
  if (verify.mode === 'equivalence') return [empty, ...guesses(verify)];
  if (verify.mode === 'testbench') return [empty, ...hollowBenches(verify)];
  return [
    empty,
    ...(verify.mode === 'completion' ? [{ name: 'a comment in the gap', candidate: '// nothing\n' }] : []),
    { name: 'empty design', candidate: design(verify, undefined) },
    { name: 'outputs stuck at 0', candidate: design(verify, "1'b0") },
    { name: 'outputs stuck at 1', candidate: design(verify, "1'b1") },
  ];
}

function design({ top, ports }: ChipSpec, bit: string | undefined): string {
  const declared = ports.map(({ direction, width, name }) => `  ${direction} wire [${width - 1}:0] ${name}`);
  const driven = ports.filter(({ direction }) => bit !== undefined && direction === 'output');
  const assigned = driven.map(({ name, width }) => `  assign ${name} = {${width}{${bit}}};\n`);
  return `module ${top} (\n${declared.join(',\n')}\n);\n${assigned.join('')}endmodule\n`;
}

/** Testbenches that say the same of every design, or nothing. */
function hollowBenches({ bench }: TestbenchSpec): { name: string; candidate: string }[] {
  const saying = (name: string, statements: string) => {
    return { name, candidate: `module ${bench};\n  initial begin\n    ${statements}\n  end\nendmodule\n` };
  };
  return [
    saying('accepts every design', '$display("PASS"); $finish;'),
    saying('rejects every design', '$display("FAIL"); $finish;'),
    saying('says nothing', '$finish;'),
  ];
}

/** Answers that know nothing of the designs: the same of all, with inputs that anybody would try. */
function guesses({ designs }: EquivalenceSpec): { name: string; candidate: string }[] {
  const ofAll = (name: string, said: unknown) => {
    const answer = Object.fromEntries(designs.others.map((other) => [other.name, said]));
    return { name, candidate: JSON.stringify(answer) };
  };
  return [
    ofAll('all are equivalent', true),
    ofAll('none is equivalent', [{ repeat: 1 }]),
    { name: 'no answer', candidate: '{}' },
  ];
}
