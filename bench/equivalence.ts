import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadTasks } from '../datasets/load.ts';
import type { Task } from '../datasets/task.ts';
import { compareByProof } from '../verifiers/chip/formal/equivalence.ts';
import { findTools } from '../verifiers/chip/icarus/tools.ts';
import { findOracle } from '../verifiers/chip/reference.ts';
import type { ChipSpec } from '../verifiers/chip/spec.ts';
import { preprocess } from '../verifiers/chip/verilog/preprocess.ts';
import { openVerifierSandbox } from '../verifiers/open.ts';
import type { Sandbox } from '../verifiers/sandbox/index.ts';
import { meter } from '../verifiers/sandbox/meter.ts';
import { designSpecOf } from '../verifiers/task.ts';
import type { Bench } from './bench.ts';
import { timed, timeShellLoop, withFolder } from './workload.ts';

const most = 24;
const depth = 8;

type Proof = { name: string; spec: ChipSpec; reference: string };

export const equivalence: Bench = {
  name: 'equivalence',
  what: 'references of shipped chip tasks proved equal to themselves, two at a time, sandboxed, with their edges',
  against: 'a loop, two at a time, of one `yosys` on both: miter, induction blind to edges, no sandbox',
  target: 0.6,
  async run() {
    const proofs = (await loadTasks('chip/*')).flatMap(proofOf).slice(0, most);
    const sandbox = await openVerifierSandbox({ slots: 2 });
    try {
      const each = await Promise.all(proofs.map((proof) => prepared(proof, sandbox)));
      const used: { cpuMs: number; wallMs: number }[] = [];
      const ours = await timed(proofs.length, () =>
        Promise.all(each.map(async (prove) => void used.push(await prove()))),
      );
      const baseline = await withFolder((folder) =>
        timeShellLoop(
          'timeout 4 yosys -q -s {}.ys',
          proofs.map((proof) => plainScript(folder, proof)),
          1,
        ),
      );
      const [cpu, wall] = [median(used.map(({ cpuMs }) => cpuMs)), median(used.map(({ wallMs }) => wallMs))];
      return { ours, baseline, note: `a proof takes ${cpu} ms of CPU and ${wall} ms of time (medians)` };
    } finally {
      await sandbox.close();
    }
  },
};

function proofOf({ id, verify, reference }: Task): Proof[] {
  const spec = designSpecOf(verify);
  return spec && spec.otherClocks.length === 0 ? [{ name: id.replaceAll('/', '-'), spec, reference }] : [];
}

/** A proof whose reference is simulated and read already, as it is for all candidates but the first. */
async function prepared({ spec, reference }: Proof, sandbox: Sandbox) {
  const tools = await findTools(sandbox);
  const oracle = await findOracle({ reference, spec, seed: 0, sandbox, tools });
  const text = preprocess(reference).design?.text ?? '';
  const prove = (through: Sandbox) =>
    compareByProof(text, { sandbox: through, tools, spec, reference, oracle });
  await prove(sandbox);
  return async () => {
    const metered = meter(sandbox);
    await prove(metered.sandbox);
    return metered.usage;
  };
}

/** The recipe as it is usually written. */
function plainScript(folder: string, { name, spec, reference }: Proof): string {
  const path = join(folder, name);
  writeFileSync(`${path}.sv`, reference);
  const read = (as: string) => [
    `read_verilog -sv ${path}.sv`,
    `prep -flatten -top ${spec.top}`,
    'memory_map',
    'async2sync',
    `rename ${spec.top} ${as}`,
    `design -stash ${as}`,
  ];
  const script = [
    ...['gold', 'gate'].flatMap(read),
    ...['gold', 'gate'].map((as) => `design -copy-from ${as} -as ${as} ${as}`),
    'miter -equiv -ignore_gold_x -flatten gold gate miter',
    'hierarchy -top miter',
    `sat -verify -tempinduct -maxsteps ${depth} -set-init-undef -set-def-inputs -prove trigger 0 miter`,
  ];
  writeFileSync(`${path}.ys`, `${script.join('\n')}\n`);
  return path;
}

function median(values: number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return Math.round(sorted[sorted.length >> 1] ?? 0);
}
