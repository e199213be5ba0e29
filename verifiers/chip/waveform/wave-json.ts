import type { Comparison } from '../comparison/compare.ts';
import type { ChipSpec } from '../spec.ts';
import type { Plan } from '../stimulus/plan.ts';
import { clipped, hexDigits } from './level-text.ts';
import type { Lane, Window } from './window.ts';

/** A signal as WaveDrom draws it: a character for each row, and the texts of the cells among them. */
type WaveLane = { name: string; wave: string; data: string[] } | Record<string, never>;

/** A drawing in the language of WaveDrom (WaveJSON). */
export type WaveJson = {
  head: { text: string; tick: string };
  foot: { text: string };
  config: { hscale: number };
  signal: WaveLane[];
};

const maxLanes = 40;
const maxLabel = 18;
/** In pixels, as WaveDrom draws it. */
export const rowWidth = 40;
const leastWidth = 480;

/** A run of rows that are drawn as one. `mark` is WaveDrom's character for it; `label` stands in a cell. */
type Stretch = { mark: string; label?: string; rows: number };

/** Cells that differ are coloured: WaveDrom's 7 is green and its 9 red. */
const marks = { right: '=', wanted: '7', wrong: '9' } as const;

/** Draws a window: the clock, the inputs, and for each output that differs what was expected above what came. */
export function waveJson(
  title: string,
  { parts }: Pick<Plan, 'parts'>,
  { first, mismatches }: Comparison,
  window: Window,
  clock: ChipSpec['clock'],
): WaveJson {
  const inputs = window.inputs.map((lane) => inputLane(lane, clock));
  const outputs = window.outputs.flatMap(outputLanes);
  const lanes = [...inputs, undefined, ...outputs];
  const shown = lanes.slice(0, maxLanes);
  // What the window cuts off at its ends may go without its label.
  const whole = shown.flatMap((lane) => lane?.stretches.slice(1, -1) ?? []);
  const narrowest = Math.ceil(leastWidth / (window.rows * rowWidth));
  const hscale = Math.min(4, Math.max(narrowest, ...whole.map(roomOf)));
  const step = window.rowsPerCycle === 2 ? 'cycle' : 'step';
  const part = first?.part ?? parts.at(-1)?.name;
  return {
    head: { text: `${title}: first mismatch in ${step} ${first?.cycle} (${part})`, tick: ticks(window) },
    foot: { text: [...countsOf(mismatches), ...omitted(lanes.length - shown.length)].join('; ') },
    config: { hscale },
    signal: shown.map((lane) => (lane ? drawn(lane, hscale) : {})),
  };
}

type NamedLane = { name: string; stretches: Stretch[] };

function inputLane({ port, levels }: Lane, clock: ChipSpec['clock']): NamedLane {
  const cells = levels.map((bits) => (port.name === clock?.port ? edge(bits, clock) : cell(bits, 'right')));
  return { name: nameOf(port), stretches: port.name === clock?.port ? cells : joined(cells) };
}

function outputLanes({ port, levels, expected = [], isWrong = [] }: Lane): NamedLane[] {
  const lane = (what: string, from: string[], mark: 'wanted' | 'wrong') => ({
    name: `${nameOf(port)}${what}`,
    stretches: joined(from.map((bits, row) => cell(bits, isWrong[row] ? mark : 'right'))),
  });
  if (!isWrong.includes(true)) return [lane('', levels, 'wrong')];
  return [lane(' expected', expected, 'wanted'), lane(' got', levels, 'wrong')];
}

const nameOf = ({ name, width }: Lane['port']) => (width === 1 ? name : `${name}[${width - 1}:0]`);

/** The clock with an arrow on its active edge. */
function edge(bits: string, clock: NonNullable<ChipSpec['clock']>): Stretch {
  const isActive = (bits === '1') === (clock.edge === 'posedge');
  const mark = bits === '1' ? 'h' : 'l';
  return { mark: isActive ? mark.toUpperCase() : mark, rows: 1 };
}

function cell(bits: string, kind: keyof typeof marks): Stretch {
  const isPlain = kind === 'right' && (bits.length === 1 || /^x+$|^z+$/.test(bits));
  if (isPlain) return { mark: bits.slice(0, 1), rows: 1 };
  return { mark: marks[kind], label: clipped(hexDigits(bits), maxLabel), rows: 1 };
}

function joined(cells: Stretch[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const one of cells) {
    const last = stretches.at(-1);
    if (last && last.mark === one.mark && last.label === one.label) last.rows += 1;
    else stretches.push({ ...one });
  }
  return stretches;
}

function drawn({ name, stretches }: NamedLane, hscale: number): WaveLane {
  const wave = stretches.map(({ mark, rows }) => mark.padEnd(rows, '.')).join('');
  const labelled = stretches.filter(({ label }) => label !== undefined);
  const data = labelled.map((stretch) => (roomOf(stretch) > hscale ? '' : (stretch.label ?? '')));
  return { name, wave, data };
}

/** How much wider than usual rows must be for a label to fit its cell. */
function roomOf({ label = '', rows }: Stretch): number {
  return Math.ceil((label.length * 9 + 14) / (rows * rowWidth));
}

/**
 * The number of each cycle where it begins, parted by blanks; elsewhere a text that does not show. WaveDrom adds a number
 * of its own to the end, which the last blank keeps apart and out of sight.
 */
function ticks({ from, rows, rowsPerCycle }: Window): string {
  const tick = (at: number) => (at % rowsPerCycle === 0 ? String(at / rowsPerCycle) : '\u200b');
  return Array.from({ length: rows + 1 }, (_, row) => `${tick(from + row)} `).join('');
}

function countsOf(mismatches: Comparison['mismatches']): string[] {
  const told = mismatches.slice(0, 2);
  const more = mismatches.length - told.length;
  return [
    ...told.map(({ output, samples, total }) => `${output} differs in ${samples} of ${total} samples`),
    ...(more > 0 ? [`so ${more === 1 ? 'does 1 more output' : `do ${more} more outputs`}`] : []),
  ];
}

const omitted = (lanes: number) => (lanes > 0 ? [`${lanes} signals are not shown`] : []);
