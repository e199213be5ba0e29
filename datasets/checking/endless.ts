import type { Task } from '../task.ts';

type Language = Task['verify']['language'];

/** Makes a candidate that compiles and never ends, where need be out of one that is right. */
const endings: Record<Language, (reference: string) => string> = {
  python: () => 'while True:\n    pass\n',
  javascript: () => 'for (;;);\n',
  // The type checker wants the entry too, and is not to see that it is never reached.
  typescript: (reference) => `for (let turn = 0; turn < 1; turn *= 2);\n${reference}`,
  verilog: oscillating,
  systemverilog: oscillating,
};

/** Two signals that chase each other without time passing. */
const oscillator = `
  reg assay_chaser = 1'b0;
  wire assay_chased;
  assign assay_chased = ~assay_chaser;
  always @(assay_chased) assay_chaser = assay_chased;
`;

function oscillating(reference: string): string {
  const end = reference.lastIndexOf('endmodule');
  return `${reference.slice(0, end)}${oscillator}${reference.slice(end)}`;
}

/** A candidate for `task` that must be stopped, and the task with limits short enough to see it soon. */
export function endlessCase(task: Task): { task: Task; candidate: string } {
  const { verify } = task;
  const limits = { ...verify.limits, cpuSeconds: Math.min(1, verify.limits.cpuSeconds) };
  return {
    task: { ...task, verify: { ...verify, limits } },
    candidate: endings[verify.language](task.reference),
  };
}
