export { captured } from './capture.ts';
export { connectSandbox, type SandboxAddress } from './client.ts';
export { type OpenSandboxOptions, openSandbox, type SandboxHost } from './host.ts';
export {
  type Captured,
  type Ending,
  type Job,
  type JobFile,
  type JobResult,
  type Limits,
  type Partner,
  productPath,
} from './job.ts';
export type { LauncherState } from './launcher.ts';
export type { Trial } from './probe.ts';
export type {
  CallOptions,
  Mount,
  Sandbox,
  SandboxNeeds,
  ServiceAnswer,
  ServiceSpec,
  WarmProgram,
} from './sandbox.ts';
export { signalName } from './signal-name.ts';
export { findPython } from './view.ts';
