export type { Action, Environment, Info, Message, Observation, StepResult } from './environment.ts';
