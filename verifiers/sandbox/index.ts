export { connectSandbox, type SandboxAddress } from './client.ts';
export { type OpenSandboxOptions, openSandbox, type SandboxHost } from './host.ts';
export type { Captured, Ending, Job, JobFile, JobResult, Limits } from './job.ts';
export { meter } from './meter.ts';
export type { Mount, Sandbox, SandboxNeeds, ServiceAnswer, ServiceSpec, WarmProgram } from './sandbox.ts';
