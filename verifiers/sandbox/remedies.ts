import { join } from 'node:path';
import { AssayError } from '../errors.ts';
import { isExecutable } from '../is-executable.ts';

/** Words of bubblewrap or the kernel, and what mends what they tell of. */
const remedies: readonly [pattern: RegExp, remedy: string][] = [
  [
    /setting up uid map: Permission denied|loopback: Failed RTM_NEWADDR/,
    'this system keeps users from making namespaces (AppArmor): run "sysctl kernel.apparmor_restrict_unprivileged_userns=0", ' +
      'or give bwrap an AppArmor profile that allows "userns"',
  ],
  [
    /No permissions to create (a )?new namespace|Creating new namespace failed: Operation not permitted/,
    'user namespaces are off: run "sysctl kernel.unprivileged_userns_clone=1"; inside a container, start it with ' +
      '"--security-opt seccomp=unconfined --security-opt apparmor=unconfined --cap-add SYS_ADMIN"',
  ],
  [/No space left on device/, 'raise "sysctl user.max_user_namespaces", or end other sandboxes'],
  [
    /Can't mount proc|mount \/proc/,
    'inside a container, start it with "--security-opt systempaths=unconfined"',
  ],
];

/** The error for a sandbox that could not be made, with the remedy for what its words tell. */
export function unavailable(words: string): AssayError {
  const remedy = remedies.find(([pattern]) => pattern.test(words))?.[1];
  const advice =
    remedy ?? 'see docs/sandbox.md; "--unsafe-no-sandbox" runs without one and marks every result';
  return new AssayError(
    'SANDBOX_UNAVAILABLE',
    `the sandbox cannot be made here: ${words.trim()} — ${advice}`,
  );
}

/** Throws `TOOL_MISSING` unless `tool` is on the search path. */
export function requireTool(tool: string, debianPackage: string): void {
  const found = (process.env.PATH ?? '').split(':').some((folder) => isExecutable(join(folder, tool)));
  if (found) return;
  throw new AssayError(
    'TOOL_MISSING',
    `the sandbox needs ${tool}, which is not on the PATH — install it (Debian: apt-get install ${debianPackage})`,
  );
}
