export { checkEnvironment, type EnvironmentReport } from './check-environment.ts';
export { createEnvironment, type EnvironmentOptions } from './create-environment.ts';
export type { Action, Environment, Info, Message, Observation, StepResult } from './environment.ts';
export { hiddenValues } from './hidden-values.ts';
export { type EnvironmentRow, environmentOf } from './registry.ts';
