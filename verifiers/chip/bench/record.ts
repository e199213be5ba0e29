import { randomBytes } from 'node:crypto';
import type { Sandbox } from '../../sandbox/index.ts';
import { sha256 } from '../../verdict.ts';
import { keepResults } from '../kept-results.ts';
import type { ChipSpec, Port } from '../spec.ts';
import { edgeInputs } from '../verilog/edges.ts';
import { tokenize } from '../verilog/tokens.ts';
import { withAtEnd } from './rewrite.ts';
import { runOn } from './run-on.ts';
import type { BenchSpec } from './spec.ts';

/** What a bench did to the inputs of the reference, and what it said of it. */
export type Recording = {
  /** Levels of the inputs, one row for each time they changed, as in a `Plan`; empty where none could be taken. */
  rows: string[];
  /** How many samples or tests the bench has; absent where it does not tell. */
  samples?: number;
  /** Whether the bench passes its own reference. */
  passes: boolean;
  /** Why there are no rows. */
  fault?: string;
};

type RecordOptions = { sandbox: Sandbox; spec: ChipSpec; bench: BenchSpec; reference: string };

/** More than this is cut off: half a run of the longest counters of the public sets, and a second of simulation. */
const maxRows = 100_000;
const outputBytes = 32 << 20;

/**
 * Runs a task's bench on the task's reference, in a sandbox of its own, with a sampler at the end of the reference's
 * outermost module: the inputs when a clock or an asynchronous reset moves, before what follows from that, and at the end
 * of each time step in which any input moved. So a level that a bench sets at a clock edge comes after the edge, as it did.
 * Kept in memory for the same bench and reference.
 */
export function recordBench(options: RecordOptions): Promise<Recording> {
  const { spec, bench, reference } = options;
  const key = sha256(JSON.stringify([reference, spec.top, spec.ports, { ...bench, report: false }]));
  return kept(key, () => record(options));
}

const kept = keepResults<Recording>(48 << 20, ({ rows }) => rows.length * (32 + (rows[0]?.length ?? 0)));

async function record({ sandbox, spec, bench, reference }: RecordOptions): Promise<Recording> {
  const mark = randomBytes(6).toString('hex');
  const design = withAtEnd(reference, spec.top, sampler(spec, reference, mark));
  const outcome = await runOn(bench, { sandbox, spec, design, reference, outputBytes });
  const inputs = inputsOf(spec);
  // Where a bound stopped it, how far it came would be another each time.
  const rows = outcome.ended ? rowsOf(samplesIn(outcome.output, mark), inputs) : [];
  const moved = rows.length > 0 || inputs.length === 0;
  const fault = moved ? undefined : (outcome.fault ?? 'it never moves an input of the design');
  return {
    rows,
    passes: outcome.passed,
    ...(outcome.samples !== undefined && { samples: outcome.samples }),
    ...(fault !== undefined && { fault }),
  };
}

const inputsOf = ({ ports }: ChipSpec): Port[] => ports.filter(({ direction }) => direction === 'input');

function sampler(spec: ChipSpec, reference: string, mark: string): string {
  const names = inputsOf(spec).map(({ name }) => name);
  if (names.length === 0) return '';
  const edges = edgeInputs(tokenize(reference), new Set(names));
  const early = [...edges.keys()].join(' or ');
  // Each by itself: Icarus prints only plain signals at the end of a time step.
  const levels = `("${mark} %m ${'%b'.repeat(names.length)}", ${names.join(', ')})`;
  return [
    '',
    ...(early === '' ? [] : [`always @(${early}) $display${levels};`]),
    `always @(${names.join(' or ')}) $strobe${levels};`,
    '',
  ].join('\n');
}

/** What the sampler said, of the first instance that it spoke from. */
function samplesIn(output: string, mark: string): string[] {
  const samples: string[] = [];
  let instance: string | undefined;
  for (const line of output.split('\n')) {
    const at = line.indexOf(`${mark} `);
    if (at < 0) continue;
    const [, scope = '', levels = ''] = line.slice(at).split(' ');
    instance ??= scope;
    if (scope === instance) samples.push(levels);
  }
  return samples;
}

/** Unknown levels become 0: a reference that took one up might never define anything again. */
function rowsOf(samples: string[], inputs: Port[]): string[] {
  const bits = inputs.reduce((sum, { width }) => sum + width, 0);
  const rows: string[] = [];
  for (const levels of samples) {
    const row = levels.replace(/[xz]/g, '0');
    if (row.length !== bits || !/^[01]*$/.test(row) || row === rows.at(-1)) continue;
    rows.push(row);
    if (rows.length === maxRows) break;
  }
  return rows;
}
