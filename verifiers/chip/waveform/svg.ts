import wavedrom from 'wavedrom';
import type { TraceComparison } from '../comparison/compare-traces.ts';
import type { ChipSpec } from '../spec.ts';
import { rowWidth, type WaveJson, waveJson } from './wave-json.ts';
import { windowOf } from './window.ts';

/** Cycles of a clocked design, or steps of another, that are drawn around the first mismatch. */
const extent = { before: 5, after: 3 };
/** The same where wide values need wide cells. */
const shortExtent = { before: 3, after: 1 };

/**
 * Draws the first mismatch of a comparison with what led to it as an SVG; undefined where nothing differs.
 *
 * @example
 * const svg = mismatchSvg('chip/counter', traces, task.verify);
 */
export function mismatchSvg(title: string, traces: TraceComparison, spec: ChipSpec): string | undefined {
  const { plan, expected, got, first } = traces;
  if (!first) return undefined;
  const drawn = (around: typeof extent) =>
    waveJson(title, plan, traces, windowOf(plan, expected, got, { row: first.row, ...around }), spec.clock);
  const usual = drawn(extent);
  return svgOf(usual.config.hscale > 1 && spec.clock ? drawn(shortExtent) : usual);
}

function svgOf(drawing: WaveJson): string {
  const [tag, attributes, ...content] = wavedrom.renderAny(0, drawing, wavedrom.waveSkin);
  const { width, height } = attributes;
  const margin = marginOf(drawing, width);
  const frame = { x: -margin, y: 0, width: width + 2 * margin, height };
  const viewBox = Object.values(frame).join(' ');
  // Without a ground of its own the black text is lost in a dark viewer.
  const ground = ['rect', { ...frame, fill: '#fff' }];
  const sized = { ...attributes, width: frame.width, viewBox };
  return `${wavedrom.onml.stringify([tag, sized, ground, ...content])}\n`;
}

const leastMargin = 30;

/** Room beside the drawing: names are wider in some fonts than WaveDrom reckons, and headings may be long. */
function marginOf({ head, foot, config, signal }: WaveJson, width: number): number {
  const rows = Math.max(...signal.map(({ wave = '' }) => wave.length));
  const lanes = rows * rowWidth * config.hscale;
  const text = 8 * Math.max(head.text.length, foot.text.length);
  const centre = width - 20 - lanes / 2;
  return Math.ceil(Math.max(leastMargin, text / 2 - centre, centre + text / 2 - width));
}
