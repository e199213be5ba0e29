import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Job,
  type JobResult,
  type Limits,
  openSandbox,
  type Partner,
  type SandboxHost,
} from '../../../verifiers/sandbox/index.ts';

const limits: Limits = {
  cpuMs: 1000,
  memoryBytes: 96 << 20,
  processes: 16,
  diskBytes: 8 << 20,
  outputBytes: 32 << 10,
};

describe.each(['warm', 'process'] as const)('a %s slot', (kind) => {
  let sandbox: SandboxHost;
  beforeAll(async () => {
    sandbox = await openSandbox({ kind, slots: 2 });
  });
  afterAll(() => sandbox.close());

  const run = (script: string, rest: Partial<Job> = {}): Promise<JobResult> =>
    sandbox.run({ argv: ['sh', '-c', script], limits, ...rest });
  const python = (script: string, rest: Partial<Job> = {}): Promise<JobResult> =>
    sandbox.run({ argv: ['python3', '-I', '-S', '-c', script], limits, ...rest });
  const endingOf = async (result: Promise<JobResult>) => (await result).ending;

  test('is of the kind that was asked for, and every trial of its probe held', () => {
    expect(sandbox.state.kind).toBe(kind);
    expect(sandbox.state.trials.filter((trial) => !trial.held)).toEqual([]);
    expect(sandbox.state.trials.length).toBeGreaterThan(10);
  });

  test('gives a program its files, its input and its environment, and takes its output', async () => {
    const result = await run('cat; cat a/b.txt; printf "%s" "$NAME" >&2; exit 7', {
      stdin: 'in ✓\n',
      files: [{ path: 'a/b.txt', content: new TextEncoder().encode('file ✓') }],
      env: { NAME: 'value ✓' },
    });
    expect(result).toMatchObject({
      ending: { by: 'exit', code: 7 },
      stdout: { text: 'in ✓\nfile ✓', bytes: 15, truncated: false },
      stderr: { text: 'value ✓', bytes: 9, truncated: false },
      replies: [],
    });
  });

  test('lets a program read its input through /dev/stdin', async () => {
    expect((await run('cat /dev/stdin', { stdin: 'hello' })).stdout.text).toBe('hello');
  });

  test('feeds a long input to a program that reads it late, and survives one that never reads', async () => {
    const stdin = 'x'.repeat(3 << 20);
    expect((await run('sleep 0.1; wc -c', { stdin })).stdout.text.trim()).toBe(String(stdin.length));
    expect(await endingOf(run('exit 0', { stdin }))).toEqual({ by: 'exit', code: 0 });
  });

  test('exchanges lines in lock step', async () => {
    const exchange = ['one', 'two ✓', '', 'four'];
    const result = await run('while read -r line <&3; do echo "<$line>" >&3; done', { exchange });
    expect(result.replies).toEqual(['<one>', '<two ✓>', '<>', '<four>']);
    expect(result.ending).toEqual({ by: 'exit', code: 0 });
  });

  const lead = (script: string): Partner => ({
    argv: ['sh', '-c', script],
    exchange: ['begin'],
    last: 'end',
    gone: 'gone',
    limits,
  });
  const echo = 'while read -r line <&3; do echo "<$line>" >&3; done';

  test('lets a job talk with its partner, which holds its last line back', async () => {
    const partner = lead(
      'read a <&3; echo one >&3; read b <&3; echo "two $b" >&3; read c <&3; echo "end $a $b $c" >&3',
    );
    const result = await run(echo, { exchange: ['first'], partner });
    expect(result).toMatchObject({ ending: { by: 'exit', code: 0 } });
    expect(result.replies).toEqual(['<first>', '<one>', '<two <one>>']);
    expect(result.partner?.replies).toEqual(['one', 'two <one>', 'end begin <one> <two <one>>']);
  });

  test('tells a partner that its job is gone, and ends a job whose partner is', async () => {
    const asks = lead('read a <&3; echo one >&3; read b <&3; echo "end $b" >&3');
    const left = await run('read a <&3; echo ready >&3; read b <&3; exit 3', {
      exchange: ['first'],
      partner: asks,
    });
    expect(left.ending).toEqual({ by: 'exit', code: 3 });
    expect(left.partner?.replies).toEqual(['one', 'end gone']);
    const broken = await run(echo, { exchange: ['first'], partner: lead('read a <&3; exit 4') });
    expect([broken.ending, broken.partner?.ending]).toEqual([
      { by: 'exit', code: 0 },
      { by: 'exit', code: 4 },
    ]);
  });

  test('runs more pairs than there are slots', async () => {
    const pairs = Array.from({ length: 6 }, () =>
      run(echo, {
        exchange: ['first'],
        partner: lead('read a <&3; echo x >&3; read b <&3; echo "end $b" >&3'),
      }),
    );
    const ends = (await Promise.all(pairs)).map(({ partner }) => partner?.replies.at(-1));
    expect(ends).toEqual(Array(6).fill('end <x>'));
  });

  test('keeps the replies that came before the program ended', async () => {
    const result = await run('read -r line <&3; echo first >&3; exit 3', { exchange: ['a', 'b'] });
    expect(result.replies).toEqual(['first']);
    expect(result.ending).toEqual({ by: 'exit', code: 3 });
  });

  test('stops a program that answers before it was asked', async () => {
    const result = await run('printf "a\\nb\\nc\\n" >&3; sleep 5', { exchange: ['a', 'b', 'c'] });
    expect(result.ending).toEqual({ by: 'protocol' });
  });

  test('stops a reply that never ends', async () => {
    const script = 'import os\nwhile True: os.write(3, b"x" * 65536)';
    expect(await endingOf(python(script, { exchange: ['a'], limits: { ...limits, cpuMs: 10_000 } }))).toEqual(
      {
        by: 'protocol',
      },
    );
  });

  test('stops replies that are too long together', async () => {
    const script =
      'import os\nwhile os.read(3, 10):\n    for _ in range(240): os.write(3, b"x" * 65536)\n    os.write(3, b"\\n")';
    const job = { exchange: Array.from({ length: 6 }, () => 'x'), limits: { ...limits, cpuMs: 10_000 } };
    expect(await endingOf(python(script, job))).toEqual({ by: 'protocol' });
  });

  test.each([
    ['an endless loop', 'while :; do :; done', { by: 'cpu-limit' }],
    ['endless work in children', 'while :; do (while :; do :; done) & wait; done', { by: 'cpu-limit' }],
    ['endless output', 'yes', { by: 'output-limit' }],
    ['endless errors', 'yes >&2', { by: 'output-limit' }],
    ['its own death', 'kill -SEGV $$', { by: 'signal', signal: 'SIGSEGV' }],
  ])('ends %s inside its limit', async (_name, script, ending) => {
    expect(await endingOf(run(script))).toEqual(ending);
  });

  test.each([
    ['a program', ['sh', '-c', 'while :; do :; done']],
    ['what a program starts', ['sh', '-c', '(while :; do :; done) & wait']],
  ])('tells the CPU time of %s that was stopped', async (_name, argv) => {
    const { usage } = await sandbox.run({ argv, limits });
    expect(usage.cpuMs).toBeGreaterThanOrEqual(limits.cpuMs);
  });

  test('ends a sleeper at its wall limit, and its usage shows that it slept', async () => {
    const result = await run('sleep 60', { limits: { ...limits, wallMs: 300 } });
    expect(result.ending).toEqual({ by: 'wall-limit' });
    expect(result.usage.cpuMs).toBeLessThan(200);
  });

  test('ends a memory bomb as such, and the next job is well', async () => {
    expect(await endingOf(python('x = bytearray(1 << 30)'))).toEqual({ by: 'memory-limit' });
    expect(await endingOf(run('exit 0'))).toEqual({ by: 'exit', code: 0 });
  });

  test('bounds a fork bomb, and nothing of it is left', async () => {
    await run('bomb() { bomb | bomb & }; bomb; sleep 0.3', { limits: { ...limits, wallMs: 1000 } });
    expect(await endingOf(run('exit 0'))).toEqual({ by: 'exit', code: 0 });
    const seen = await python('import os; print(len([p for p in os.listdir("/proc") if p.isdigit()]))');
    expect(Number(seen.stdout.text)).toBeLessThanOrEqual(3);
  });

  test('kills what hides in a session of its own', async () => {
    await run('setsid sleep 1000 & setsid sh -c "trap : TERM HUP; sleep 1000" & exit 0');
    const seen = await python(
      'import os; print([open(f"/proc/{p}/comm").read() for p in os.listdir("/proc") if p.isdigit()])',
    );
    expect(seen.stdout.text).not.toContain('sleep');
  });

  test('bounds one file and all files together', async () => {
    const one = await run('head -c 100000000 /dev/zero >big; wc -c <big');
    expect(Number(one.stdout.text)).toBeLessThanOrEqual(limits.diskBytes);
    const many = await run(
      'i=0; while [ $i -lt 64 ]; do head -c 1000000 /dev/zero >f$i 2>/dev/null; i=$((i+1)); done; cat f* | wc -c',
    );
    expect(Number(many.stdout.text)).toBeLessThanOrEqual(limits.diskBytes);
  });

  test('leaves nothing of a job for the next one', async () => {
    await run(
      'echo secret >/work/left; echo secret >/tmp/left; echo secret >/dev/shm/left; ipcmk -M 64 >/dev/null; true',
    );
    const next = await run('ls -A /work /tmp /dev/shm; cat /proc/sysvipc/shm | wc -l');
    expect(next.stdout.text).toBe('/dev/shm:\n\n/tmp:\n\n/work:\n1\n');
  });

  test('shows no file of the host beyond the toolchain', async () => {
    const result = await run(
      'ls -d /root /home /var /etc/passwd /etc/shadow /sys /mnt /srv 2>/dev/null; ls /etc',
    );
    expect(result.stdout.text.split('\n').filter(Boolean)).toEqual(
      ['alternatives', 'ld.so.cache', 'localtime'].filter((name) => result.stdout.text.includes(name)),
    );
  });

  test('hands over a product apart from what a program prints', async () => {
    const script = 'echo printed; printf made >/proc/self/fd/9; echo told >&2; exit 3';
    const { ending, stdout, stderr } = await run(script, { product: true });
    expect({ ending, made: stdout.text, said: stderr.text }).toEqual({
      ending: { by: 'exit', code: 3 },
      made: 'made',
      said: 'printed\ntold\n',
    });
  });

  test.each([
    ['a native program', '/usr/bin/env'],
    ['a script, which cannot be kept loaded', '/usr/bin/ldd'],
  ])('runs %s that is to be kept loaded as any other', async (_, program) => {
    const job = { argv: [program, '--version'], env: { LANG: 'C' }, limits };
    const plain = await sandbox.run(job);
    for (let time = 0; time < 3; time += 1) {
      const kept = await sandbox.run({ ...job, tool: { libraries: ['/no/library'] } });
      expect({ ...kept, usage: null }).toEqual({ ...plain, usage: null });
    }
    expect(plain.stdout.text).toContain('Free Software Foundation');
  });

  test('gives a program that is kept loaded its own files, variables and input, and nothing of another job', async () => {
    const tool = { libraries: [] };
    const cat = (name: string) =>
      sandbox.run({
        argv: ['/usr/bin/cat', '-', name],
        tool,
        files: [{ path: name, content: `content of ${name}, ` }],
        stdin: `input of ${name}, `,
        limits,
      });
    const [one, other] = [await cat('one'), await cat('other')];
    expect(one.stdout.text).toBe('input of one, content of one, ');
    expect(other.stdout.text).toBe('input of other, content of other, ');
    const printed = (env: Record<string, string>) =>
      sandbox.run({ argv: ['/usr/bin/printenv'], tool, env, limits });
    expect((await printed({ NAME: 'one' })).stdout.text).toContain('NAME=one\n');
    expect((await printed({})).stdout.text).not.toMatch(/NAME|LD_PRELOAD|ASSAY/);
    const descriptors = await sandbox.run({ argv: ['/usr/bin/ls', '/proc/self/fd'], tool, limits });
    expect(descriptors.stdout.text.trim().split('\n')).toEqual(['0', '1', '2', '3']);
    const bomb = { argv: ['/usr/bin/tail', '/dev/zero'], tool, limits };
    expect(await endingOf(sandbox.run(bomb))).toEqual({ by: 'memory-limit' });
    expect(await endingOf(sandbox.run({ argv: ['/usr/bin/yes'], tool, limits }))).toEqual({
      by: 'output-limit',
    });
    expect((await cat('after')).ending).toEqual({ by: 'exit', code: 0 });
  });

  test('gives no descriptor but the four', async () => {
    const script = 'import os\nprint(sorted(int(fd) for fd in os.listdir("/proc/self/fd")))';
    const result = await python(script, { exchange: ['x'] });
    const descriptors: number[] = JSON.parse(result.stdout.text);
    // One more is the listing itself.
    expect(descriptors.slice(0, 4)).toEqual([0, 1, 2, 3]);
    expect(descriptors.length).toBe(5);
  });

  test('cancels a job that runs and one that waits', async () => {
    const controller = new AbortController();
    const jobs = Array.from({ length: 4 }, () =>
      sandbox.run(
        { argv: ['sleep', '60'], limits: { ...limits, wallMs: 60_000 } },
        { signal: controller.signal },
      ),
    );
    setTimeout(() => controller.abort(), 200);
    const outcomes = await Promise.allSettled(jobs);
    const codes = outcomes.map((outcome) => (outcome.status === 'rejected' ? outcome.reason.code : 'none'));
    expect(codes).toEqual(['CANCELLED', 'CANCELLED', 'CANCELLED', 'CANCELLED']);
    expect(await endingOf(run('exit 0'))).toEqual({ by: 'exit', code: 0 });
  });

  test('names a tool that is not there, and does not blame the candidate for it', async () => {
    await expect(sandbox.run({ argv: ['no-such-tool'], limits })).rejects.toMatchObject({
      code: 'TOOL_MISSING',
    });
  });

  test('is not fooled by a candidate that prints what a broken sandbox would', async () => {
    const words = 'bwrap: setting up uid map: Permission denied';
    expect(await endingOf(run(`echo "${words}" >&2; exit 1`))).toEqual({ by: 'exit', code: 1 });
  });

  test('blames the candidate for a program of its own that cannot start', async () => {
    const job = { argv: ['/work/program'], files: [{ path: 'program', content: 'not a program' }], limits };
    expect((await sandbox.run(job)).ending).toMatchObject({ by: 'exit' });
  });

  test.each(['../up', '/etc/x', 'a/../../b', 'nul\0'])('refuses a file at %j', async (path) => {
    await expect(run('true', { files: [{ path, content: '' }] })).rejects.toMatchObject({ code: 'USAGE' });
  });
});

test.each(['warm', 'process'] as const)(
  'a busy machine times no candidate out in a %s slot',
  async (kind) => {
    const work = { argv: ['sh', '-c', 'i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done'] };
    const sandbox = await openSandbox({ kind, slots: 8 });
    try {
      const alone = await sandbox.run({ ...work, limits: { ...limits, cpuMs: 20_000 } });
      // Eight at once on fewer cores take longer than this on the clock, and no more of the CPU.
      const bounded = { ...limits, cpuMs: 20_000, wallMs: 2 * alone.usage.wallMs };
      const all = await Promise.all(
        Array.from({ length: 16 }, () => sandbox.run({ ...work, limits: bounded })),
      );
      expect(all.map((result) => result.ending)).toEqual(all.map(() => ({ by: 'exit', code: 0 })));
    } finally {
      await sandbox.close();
    }
  },
);
