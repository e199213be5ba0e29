import { type CallCase, type CallsSpec, type Step, stepsOf } from './spec.ts';

/** A step with the case that it is of, and its place there. */
export type Asked = { step: Step; test: CallCase; testIndex: number; stepIndex: number };

/** All steps of a task, in the order in which the driver is asked to do them. */
export function askedOf(spec: CallsSpec): Asked[] {
  return spec.cases.flatMap((test, testIndex) =>
    stepsOf(spec, test).map((step, stepIndex) => ({ step, test, testIndex, stepIndex })),
  );
}

/** What the driver is asked; nothing of what is expected is in it. */
export function questionOf(spec: CallsSpec, { step, test, stepIndex }: Asked, id: number): unknown {
  const { call, args, kwargs = {}, argsAfter } = step;
  const asked = { args, kwargs, argsAfter: argsAfter !== undefined };
  const isPlain = !test.steps && step.take === undefined && spec.helpers === undefined;
  if (isPlain) return { id, call, ...asked };
  const { new: made, get, on, take, as } = step;
  const expects = 'returns' in step || 'raises' in step;
  return { id, step: { new: made, call, get, on, take, as, expects, first: stepIndex === 0 }, ...asked };
}
