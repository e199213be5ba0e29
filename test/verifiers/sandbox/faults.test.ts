import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { packageRoot } from '../../../verifiers/paths.ts';
import { connectSandbox, openSandbox } from '../../../verifiers/sandbox/index.ts';

const limits = { cpuMs: 1000, memoryBytes: 64 << 20, processes: 8, diskBytes: 1 << 20, outputBytes: 4096 };
// A length that nothing else on this machine sleeps for.
const naptime = String(50_000 + process.pid / 1000);
const sleeper = { argv: ['sleep', naptime], limits: { ...limits, wallMs: 60_000 } };
const isRoot = process.getuid?.() === 0;

const leftovers: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of leftovers.splice(0)) await clean();
});

async function open(...args: Parameters<typeof openSandbox>) {
  const sandbox = await openSandbox(...args);
  leftovers.push(() => sandbox.close());
  return sandbox;
}

/** Pids of processes on this machine whose command line is that of `sleeper`. */
function sleepers(): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8') === `sleep\0${naptime}\0`;
    } catch {
      return false;
    }
  });
}

async function eventually(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !condition(); tries++)
    await new Promise((resolve) => setTimeout(resolve, 25));
  expect(condition()).toBe(true);
}

test('a killed launcher loses its jobs as a retryable fault, takes its sandboxes along, and is started anew', async () => {
  const before = sleepers();
  const sandbox = await open({ slots: 2 });
  const outcome = sandbox.run(sleeper).catch((error) => error);
  await eventually(() => sleepers().length > before.length);
  process.kill(sandbox.launcherPid, 'SIGKILL');
  expect(await outcome).toMatchObject({ code: 'SANDBOX_LOST', blame: 'infrastructure', retryable: true });
  await eventually(() => sleepers().length === before.length);
  expect((await sandbox.run({ argv: ['true'], limits })).ending).toEqual({ by: 'exit', code: 0 });
});

/** The processes that another one started. */
function childrenOf(pid: number): number[] {
  const parent = (name: string) => {
    try {
      return Number(/^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${name}/status`, 'utf8'))?.[1]);
    } catch {
      return undefined;
    }
  };
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && parent(name) === pid)
    .map(Number);
}

test.each(['warm', 'process'] as const)(
  'a %s sandbox that is killed from outside is a retryable fault, while a candidate that kills itself is not',
  async (kind) => {
    const sandbox = await open({ slots: 1, kind });
    const before = sleepers();
    const outcome = sandbox.run(sleeper).catch((error) => error);
    await eventually(() => sleepers().length > before.length);
    for (const pid of childrenOf(sandbox.launcherPid)) process.kill(pid, 'SIGKILL');
    expect(await outcome).toMatchObject({ code: 'SANDBOX_LOST', blame: 'infrastructure', retryable: true });
    const own = await sandbox.run({ argv: ['sh', '-c', 'kill -9 $$'], limits });
    expect(own.ending).toEqual({ by: 'signal', signal: 'SIGKILL' });
  },
);

test('a launcher that is killed while it starts anew is started once more', async () => {
  const sandbox = await open({ slots: 1 });
  const first = sandbox.launcherPid;
  process.kill(first, 'SIGKILL');
  await eventually(() => sandbox.launcherPid !== first);
  process.kill(sandbox.launcherPid, 'SIGKILL');
  await sandbox.run({ argv: ['true'], limits }).catch(() => {});
  expect((await sandbox.run({ argv: ['true'], limits })).ending).toEqual({ by: 'exit', code: 0 });
});

test('a connection made before the launcher died works with the one after it', async () => {
  const sandbox = await open({ slots: 1 });
  const other = connectSandbox(sandbox.address);
  leftovers.push(() => other.close());
  expect((await other.run({ argv: ['true'], limits })).ending).toEqual({ by: 'exit', code: 0 });
  process.kill(sandbox.launcherPid, 'SIGKILL');
  await other.run({ argv: ['true'], limits }).catch(() => {});
  await eventually(() => existsSync(sandbox.address.path));
  await sandbox.run({ argv: ['true'], limits }).catch(() => {});
  expect((await other.run({ argv: ['true'], limits })).ending).toEqual({ by: 'exit', code: 0 });
});

test('closing leaves no process, folder or control group', async () => {
  const sandbox = await openSandbox({ slots: 2 });
  const { path } = sandbox.address;
  const pid = sandbox.launcherPid;
  await sandbox.run({ argv: ['true'], limits });
  await sandbox.close();
  expect(existsSync(dirname(path))).toBe(false);
  expect(existsSync(`/proc/${pid}`)).toBe(false);
  expect(cgroupsOf(pid)).toEqual([]);
});

function cgroupsOf(pid: number): string[] {
  const found = execFileSync('find', ['/sys/fs/cgroup', '-type', 'd', '-name', `assay-${pid}-*`], {
    encoding: 'utf8',
  });
  return found.split('\n').filter(Boolean);
}

test('a program that opened a sandbox and was killed leaves no sandbox behind', async () => {
  const script = `
    import { openSandbox } from '${join(packageRoot, 'dist/verifiers/sandbox/index.js')}';
    const sandbox = await openSandbox({ slots: 1 });
    const job = ${JSON.stringify(sleeper)};
    sandbox.run(job).catch(() => {});
    console.log(sandbox.launcherPid);
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), 300);
    await new Promise(() => {});`;
  const before = sleepers();
  let output = '';
  try {
    execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
  } catch (error) {
    output = error instanceof Error && 'stdout' in error ? String(error.stdout) : '';
  }
  const launcher = Number(output);
  expect(launcher).toBeGreaterThan(0);
  await eventually(() => !existsSync(`/proc/${launcher}`) && sleepers().length === before.length);
  await eventually(() => cgroupsOf(launcher).length === 0);
});

describe('a machine without', () => {
  const withPath = async <T>(path: string, use: () => Promise<T>): Promise<T> => {
    const before = process.env.PATH;
    process.env.PATH = path;
    try {
      return await use();
    } finally {
      process.env.PATH = before;
    }
  };

  test('bubblewrap gets a refusal that names the package', async () => {
    const bin = mkdtempSync(join(tmpdir(), 'no-bwrap-'));
    leftovers.push(() => rmSync(bin, { recursive: true }));
    for (const tool of ['sh', 'setpriv', 'python3', 'chmod']) {
      const real = ['/usr/bin', '/bin'].map((folder) => join(folder, tool)).find(existsSync);
      if (real) symlinkSync(real, join(bin, tool));
    }
    const outcome = await withPath(bin, () => openSandbox({ slots: 1 }).catch((error) => error));
    expect(outcome).toMatchObject({ code: 'TOOL_MISSING', exitCode: 3 });
    expect(outcome.message).toContain('apt-get install bubblewrap');
  });

  test('a working bubblewrap gets a refusal with its words and the remedy', async () => {
    const bin = mkdtempSync(join(tmpdir(), 'bad-bwrap-'));
    leftovers.push(() => rmSync(bin, { recursive: true }));
    const script = '#!/bin/sh\necho "bwrap: setting up uid map: Permission denied" >&2\nexit 1\n';
    execFileSync('sh', ['-c', `cat >${join(bin, 'bwrap')} && chmod 755 ${join(bin, 'bwrap')} ${bin}`], {
      input: script,
    });
    const path = `${bin}:${process.env.PATH}`;
    const outcome = await withPath(path, () => openSandbox({ slots: 1 }).catch((error) => error));
    expect(outcome).toMatchObject({ code: 'SANDBOX_UNAVAILABLE', exitCode: 3 });
    expect(outcome.message).toContain('setting up uid map: Permission denied');
    expect(outcome.message).toContain('AppArmor');
  });
});

test('without a sandbox, on request, programs run and everything says so', async () => {
  const sandbox = await open({ slots: 1, unsafe: true });
  expect(sandbox.level).toBe('none');
  const job = {
    argv: ['sh', '-c', 'cat a.txt; read -r x <&3; echo "$x!" >&3'],
    files: [{ path: 'a.txt', content: 'here' }],
    exchange: ['hi'],
    limits,
  };
  expect(await sandbox.run(job)).toMatchObject({
    ending: { by: 'exit', code: 0 },
    stdout: { text: 'here' },
    replies: ['hi!'],
  });
  expect((await sandbox.run(sleeperFor(300))).ending).toEqual({ by: 'wall-limit' });
});

const sleeperFor = (wallMs: number) => ({ ...sleeper, limits: { ...limits, wallMs } });

test('too many waiting jobs are refused as a retryable fault', async () => {
  const sandbox = await open({ slots: 1, queueLength: 1 });
  const jobs = [1, 2, 3].map(() => sandbox.run(sleeperFor(500)).catch((error) => error));
  expect((await Promise.all(jobs)).at(-1)).toMatchObject({ code: 'QUEUE_FULL', retryable: true });
});

test.runIf(isRoot)(
  'works for a user without rights, and for an interpreter and a package that others cannot reach',
  () => {
    const place = mkdtempSync(join(tmpdir(), 'other-user-'));
    leftovers.push(() => rmSync(place, { recursive: true }));
    mkdirSync(join(place, 'tmp'));
    execFileSync('chmod', ['-R', '777', place]);
    const script = `
    import { openSandbox } from '${join(packageRoot, 'dist/verifiers/sandbox/index.js')}';
    const sandbox = await openSandbox({ slots: 1 });
    const limits = ${JSON.stringify(limits)};
    const { stdout } = await sandbox.run({ argv: ['python3', '-c', 'print(6 * 7)'], limits });
    console.log(JSON.stringify([sandbox.level, sandbox.state.kind, stdout.text]));
    await sandbox.close();`;
    const output = execFileSync(
      'setpriv',
      [
        '--reuid',
        '65534',
        '--regid',
        '65534',
        '--clear-groups',
        process.execPath,
        '--input-type=module',
        '-e',
        script,
      ],
      { encoding: 'utf8', env: { PATH: process.env.PATH, TMPDIR: join(place, 'tmp') }, cwd: place },
    );
    expect(JSON.parse(output)).toEqual(['namespaces', 'warm', '42\n']);
  },
);
