import type { ChipSpec, Port } from '../../verifiers/chip/spec.ts';
import { clocksOf } from '../../verifiers/chip/stimulus/plan.ts';
import { partsOf } from '../../verifiers/chip/verilog/gap.ts';
import type { FieldPath, Problem } from './problem.ts';

/** What the schema cannot say of a chip task: fields that contradict one another. `field` names its `verify`. */
export function chipProblems(spec: ChipSpec, field: FieldPath): Problem[] {
  const ports = new Map(spec.ports.map((port) => [port.name, port]));
  return [
    ...givenProblems(spec, [...field, 'given']),
    ...gapProblems(spec, [...field, 'given']),
    ...sizeProblems(spec, [...field, 'quality']),
    ...diagnosisProblems(spec, [...field, 'stimulus', 'random', 'cycles']),
    ...portListProblems(spec, [...field, 'ports']),
    ...controlProblems(spec, ports, field),
    ...directedProblems(spec, ports, [...field, 'stimulus', 'directed']),
    ...highProblems(spec, ports, [...field, 'stimulus', 'random', 'high']),
  ];
}

/** What a smaller design earns must be said. */
function sizeProblems({ mode, quality }: ChipSpec, field: FieldPath): Problem[] {
  if (mode !== 'optimisation' || quality?.share === 1) return [];
  return [{ field, message: 'must have "share: 1": mode "optimisation" pays for the size alone' }];
}

/** A faulty design is diagnosed for the policy under random inputs, never under those that the task's author wrote. */
function diagnosisProblems({ mode, stimulus }: ChipSpec, field: FieldPath): Problem[] {
  if (mode !== 'debugging' || stimulus.random.cycles > 0) return [];
  return [{ field, message: 'must be above 0: mode "debugging" shows what random inputs find' }];
}

function gapProblems({ mode, given }: ChipSpec, field: FieldPath): Problem[] {
  if (mode !== 'completion' || !given || !('text' in given) || partsOf(given.text)) return [];
  return [{ field, message: 'must have one line "// <answer>", where the answer goes' }];
}

type Ports = ReadonlyMap<string, Port>;

/** A mode either starts from a design or it does not. */
function givenProblems({ mode, given }: ChipSpec, field: FieldPath): Problem[] {
  if ((mode === 'design') === (given === undefined)) return [];
  const message = given ? 'has no place in mode "design"' : `is missing: mode "${mode}" starts from a design`;
  return [{ field, message }];
}

function portListProblems(spec: ChipSpec, field: FieldPath): Problem[] {
  const problems: Problem[] = spec.ports.flatMap(({ name }, index) => {
    const isRepeated = spec.ports.findIndex((port) => port.name === name) < index;
    return isRepeated ? [{ field: [...field, index, 'name'], message: `"${name}" is an earlier port` }] : [];
  });
  const hasOutput = spec.ports.some(({ direction }) => direction !== 'input');
  return hasOutput || (spec.bench && spec.ports.length === 0)
    ? problems
    : [...problems, { field, message: 'has no output: there is nothing to compare' }];
}

/** Clock and reset are one-bit inputs, two of them, and a reset without a clock has no cycle to act in. */
function controlProblems(spec: ChipSpec, ports: Ports, field: FieldPath): Problem[] {
  const problems: Problem[] = [];
  for (const role of ['clock', 'reset'] as const) {
    const name = spec[role]?.port;
    const message = name === undefined ? undefined : bitInputProblem(ports, name);
    if (message) problems.push({ field: [...field, role, 'port'], message });
  }
  if (spec.reset && !spec.clock)
    problems.push({ field: [...field, 'reset'], message: 'needs a "clock" too' });
  if (spec.reset && spec.reset.port === spec.clock?.port) {
    problems.push({ field: [...field, 'reset', 'port'], message: 'is the clock' });
  }
  return problems;
}

function directedProblems(spec: ChipSpec, ports: Ports, field: FieldPath): Problem[] {
  return spec.stimulus.directed.flatMap((step, index) => {
    const problems = Object.entries(step.set).flatMap(([name, level]) => {
      const message = inputProblem(spec, ports, name) ?? levelProblem(level, ports.get(name)?.width ?? 1);
      return message ? [{ field: [...field, index, 'set', name], message }] : [];
    });
    if (!step.reset || spec.reset) return problems;
    return [...problems, { field: [...field, index, 'reset'], message: 'needs a "reset" port' }];
  });
}

function highProblems(spec: ChipSpec, ports: Ports, field: FieldPath): Problem[] {
  return Object.keys(spec.stimulus.random.high).flatMap((name) => {
    const message = inputProblem(spec, ports, name) ?? bitInputProblem(ports, name);
    return message ? [{ field: [...field, name], message }] : [];
  });
}

function inputProblem(spec: ChipSpec, ports: Ports, name: string): string | undefined {
  const port = ports.get(name);
  if (!port) return `"${name}" is not a port: the inputs are ${inputNames(ports)}`;
  if (port.direction === 'output') return `"${name}" is an output, which cannot be driven`;
  return clocksOf(spec).includes(name) ? `"${name}" is a clock, which runs by itself` : undefined;
}

function bitInputProblem(ports: Ports, name: string): string | undefined {
  const port = ports.get(name);
  if (!port) return `"${name}" is not a port: the inputs are ${inputNames(ports)}`;
  const isBitInput = port.direction === 'input' && port.width === 1;
  return isBitInput ? undefined : `"${name}" is not a one-bit input`;
}

function inputNames(ports: Ports): string {
  const inputs = [...ports.values()].filter(({ direction }) => direction === 'input');
  return inputs.map(({ name }) => name).join(', ') || 'none';
}

function levelProblem(level: string | number, width: number): string | undefined {
  return bitsOf(level) > width ? `${level} does not fit ${width} bit${width === 1 ? '' : 's'}` : undefined;
}

/** Bits a level needs. Leading zeros do not count, and a leading x or z digit may be cut. */
function bitsOf(level: string | number): number {
  if (typeof level === 'number') return level === 0 ? 0 : level.toString(2).length;
  const digits = level.slice(2).replaceAll('_', '').replace(/^0+/, '');
  if (level.startsWith('0b')) return digits.length;
  const first = Number.parseInt(digits[0] ?? '0', 16);
  const bitsOfFirst = Number.isNaN(first) ? 1 : first.toString(2).length;
  return digits === '' ? 0 : bitsOfFirst + 4 * (digits.length - 1);
}
