import { z } from 'zod';
import { AssayError } from '../../errors.ts';
import type { Diagnostic } from '../../verdict.ts';
import { type DirectedStep, stepSchema } from '../spec.ts';
import { makePlan } from '../stimulus/stimulus.ts';
import { type EquivalenceSpec, simulationSpec } from './spec.ts';

/** What was said of each design: that it is equivalent, or the steps under which it is not. */
export type Answer = Map<string, true | DirectedStep[]>;

const answerSchema = z.record(z.string(), z.union([z.literal(true), z.array(stepSchema).min(1)]));

/** Reads an answer, or tells what is wrong with its form. Nothing of that depends on which designs are equivalent. */
export function readAnswer(
  text: string,
  spec: EquivalenceSpec,
): { answer?: Answer; diagnostics: Diagnostic[] } {
  const value = parse(text);
  if (value instanceof SyntaxError)
    return { diagnostics: [fault(`the answer is no JSON: ${value.message}`)] };
  const parsed = answerSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = issue?.path.join('.') ?? '';
    return {
      diagnostics: [
        fault(`${place}: neither true nor a list of steps, which have "set", "repeat" and "reset"`),
      ],
    };
  }
  const answer: Answer = new Map(Object.entries(parsed.data));
  const faults = [...answer].flatMap(([name, said]) => faultOf(name, said, spec) ?? []);
  return faults.length > 0 ? { diagnostics: faults.map(fault) } : { answer, diagnostics: [] };
}

function faultOf(name: string, said: true | DirectedStep[], spec: EquivalenceSpec): string | undefined {
  if (!spec.designs.others.some((other) => other.name === name)) return `${name}: there is no such design`;
  if (said === true) return undefined;
  const cycles = said.reduce((sum, { repeat }) => sum + repeat, 0);
  if (cycles > spec.maxCycles) return `${name}: ${cycles} cycles are too many, ${spec.maxCycles} are allowed`;
  if (!spec.reset && said.some(({ reset }) => reset)) return `${name}: the designs have no reset`;
  try {
    makePlan(simulationSpec(spec, said), 0);
    return undefined;
  } catch (thrown) {
    // A level that fits no port is the answer's fault here, not the task's.
    if (!(thrown instanceof AssayError)) throw thrown;
    return `${name}: ${thrown.message.replace('the task cannot be simulated: ', '')}`;
  }
}

const fault = (message: string): Diagnostic => ({ severity: 'error', message, code: 'form' });

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    // JSON.parse throws nothing else.
    return thrown as SyntaxError;
  }
}
