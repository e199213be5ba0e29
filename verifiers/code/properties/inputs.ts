import { AssayError } from '../../errors.ts';
import type { Sandbox } from '../../sandbox/index.ts';
import type { CallCase, CallsSpec } from '../calls/spec.ts';
import type { WireValue } from '../shared-spec.ts';
import { type Choices, listedChoices, randomChoices, TooManyDraws } from './choices.ts';
import { draw } from './draw.ts';
import type { Input } from './input.ts';
import { broken, drawByProgram, type Plan } from './program.ts';
import type { PropertiesSpec } from './spec.ts';

/** What draws inputs: the sandbox in which a task's own generator runs. */
export type Drawing = { sandbox: Sandbox; signal?: AbortSignal };

/** The inputs of a seed: the simplest one first, then random ones. */
export async function inputsOf(spec: PropertiesSpec, seed: number, drawing: Drawing): Promise<Input[]> {
  if (spec.generator === undefined) return formInputs(spec, seed);
  const plans = Array.from({ length: spec.count + 1 }, (_, index) => planOf(seed, index));
  const drawn = await runGenerator(spec.generator, plans, drawing);
  // Without choices a generator can go round in circles, looking for something else; one more stands by for that.
  const inputs = (drawn[0] ? drawn.slice(0, -1) : drawn.slice(1)).flatMap((input) => input ?? []);
  if (inputs.length < spec.count) throw broken('an input takes more than 20000 random numbers');
  return inputs;
}

const planOf = (seed: number, index: number): Plan =>
  index === 0 ? { choices: [] } : { seed: `properties ${seed} ${index}` };

/** What the forms of a spec draw. */
export function formInputs(spec: PropertiesSpec, seed: number): Input[] {
  return Array.from({ length: spec.count }, (_, index) => {
    const plan = planOf(seed, index);
    return drawInput(spec, 'seed' in plan ? randomChoices(plan.seed) : listedChoices([]));
  });
}

/** The inputs of some lists of choices; undefined for a list that makes none. */
export async function redraw(
  spec: PropertiesSpec,
  lists: readonly (readonly number[])[],
  drawing: Drawing,
): Promise<(Input | undefined)[]> {
  if (spec.generator === undefined) return lists.map((choices) => tryDraw(spec, choices));
  const plans = lists.map((choices) => ({ choices }));
  try {
    return await runGenerator(spec.generator, plans, drawing);
  } catch (error) {
    // A generator may not stand every change of what it drew.
    if (error instanceof AssayError && error.code === 'TASK_GENERATOR_FAILED') return [];
    throw error;
  }
}

function runGenerator(source: string, plans: readonly Plan[], { sandbox, signal }: Drawing) {
  return drawByProgram(source, plans, sandbox, signal ? { signal } : {});
}

function tryDraw(spec: PropertiesSpec, choices: readonly number[]): Input | undefined {
  try {
    return drawInput(spec, listedChoices(choices));
  } catch (error) {
    if (error instanceof TooManyDraws || error instanceof AssayError) return undefined;
    throw error;
  }
}

function drawInput({ let: named, args = [] }: PropertiesSpec, choices: Choices): Input {
  const drawn = draw({ let: named, in: { items: args } }, choices);
  // What `items` draws is a list.
  return { args: drawn as WireValue[], choices: choices.drawn };
}

export const inputName = (index: number): string => `input ${index + 1}`;

/** Calls with these inputs, as the other verifier of functions has them; what is to come of them is not known yet. */
export function callsOf(spec: PropertiesSpec, inputs: readonly Input[]): CallsSpec {
  const { let: _let, args: _args, generator: _generator, count: _count, argsAfter, ...shared } = spec;
  const cases = inputs.map(({ args }, index): CallCase => {
    return { name: inputName(index), args, returns: null, ...(argsAfter && { argsAfter: [] }) };
  });
  return { ...shared, mode: 'calls', cases };
}
