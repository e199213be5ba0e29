import { levelsAgree, traceFields } from '../comparison/compare.ts';
import { type Plan, rowBytes } from '../stimulus/plan.ts';

const rowTime = 10;

/** Short names of signals: printable characters, as VCD wants them. */
function identifierCode(index: number): string {
  const digit = String.fromCharCode(33 + (index % 94));
  return index < 94 ? digit : digit + identifierCode(Math.floor(index / 94) - 1);
}

type Signal = { scope: string; name: string; width: number; at: (row: number) => string };

/**
 * Writes the waveforms of a comparison as a Value Change Dump (IEEE 1364-2005, clause 18): the inputs, the outputs of the
 * reference under `expected`, those of the candidate under `got`, and under `differs` where they do not agree. A row of
 * the plan takes 10 time units, the two rows of a clock cycle 20. What a trace that ended early lacks is X.
 */
export function traceToVcd(plan: Plan, expected: string, got: string): string {
  const signals = signalsOf(plan, expected, got);
  const lines = ['$version Assay $end', '$timescale 1 ns $end'];
  for (const scope of new Set(signals.map((signal) => signal.scope))) {
    lines.push(`$scope module ${scope} $end`);
    for (const [index, { scope: own, name, width }] of signals.entries())
      if (own === scope) lines.push(`$var wire ${width} ${identifierCode(index)} ${name} $end`);
    lines.push('$upscope $end');
  }
  lines.push('$enddefinitions $end');
  const last: string[] = [];
  for (let row = 0; row < plan.rows.length; row += 1) {
    const changes: string[] = [];
    for (const [index, signal] of signals.entries()) {
      const level = signal.at(row);
      if (level === last[index]) continue;
      last[index] = level;
      const code = identifierCode(index);
      changes.push(signal.width === 1 ? `${level}${code}` : `b${level} ${code}`);
    }
    if (changes.length > 0) lines.push(`#${row * rowTime}`, ...changes);
  }
  lines.push(`#${plan.rows.length * rowTime}`, '');
  return lines.join('\n');
}

function signalsOf(plan: Plan, expected: string, got: string): Signal[] {
  const stride = rowBytes(plan);
  const fields = traceFields(plan);
  const signals = (scope: string, trace: string, list: typeof fields.inputs): Signal[] =>
    list.map(({ port, from, to }) => ({
      scope,
      name: port.name,
      width: port.width,
      at: (row) => trace.slice(row * stride + from, row * stride + to).padEnd(port.width, 'x'),
    }));
  const wanted = signals('expected', expected, fields.outputs);
  const had = signals('got', got, fields.outputs);
  const differs = wanted.map((signal, index): Signal => {
    const differ = (row: number) => !levelsAgree(signal.at(row), had[index]?.at(row) ?? '');
    return { scope: 'differs', name: signal.name, width: 1, at: (row) => (differ(row) ? '1' : '0') };
  });
  return [...signals('inputs', expected, fields.inputs), ...wanted, ...had, ...differs];
}
