import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Job,
  type JobResult,
  type Limits,
  openSandbox,
  type SandboxHost,
} from '../../../verifiers/sandbox/index.ts';

const limits: Limits = {
  cpuMs: 5000,
  memoryBytes: 192 << 20,
  processes: 64,
  diskBytes: 8 << 20,
  outputBytes: 512 << 10,
};

/** A program that runs `job.cjs` of its folder. */
const program = `globalThis.loadedBy = process.pid;
exports.main = () => require('/work/job.cjs');
if (require.main === module) exports.main();
`;
const inside = '/opt/assay/programs';
const options = ['--random-seed=1'];
const argv = ['node', ...options, `${inside}/program.cjs`];

const folder = mkdtempSync(join(tmpdir(), 'assay-warm-node-'));
let sandbox: SandboxHost;
beforeAll(async () => {
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, 'program.cjs'), program);
  sandbox = await openSandbox({
    slots: 1,
    needs: {
      services: {},
      mounts: [{ source: folder, target: inside }],
      warm: [{ argv, module: `${inside}/program.cjs`, node: options }],
    },
  });
}, 60_000);
afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true });
});

const job = (script: string, rest: Partial<Job> = {}): Job => ({
  argv,
  files: [{ path: 'job.cjs', content: script }],
  limits,
  ...rest,
});
const run = (script: string, rest: Partial<Job> = {}): Promise<JobResult> => sandbox.run(job(script, rest));
/** In a Node of its own: by words that no warm program begins with. */
const runAlone = (script: string, rest: Partial<Job> = {}): Promise<JobResult> =>
  sandbox.run(job(script, { argv: ['node', ...options, `${inside}/./program.cjs`], ...rest }));
/** Without the places at which an error came up: how many there are is not the same each time. */
const outcome = ({ ending, stdout, stderr, replies }: JobResult) => ({
  ...{ ending, stdout, replies },
  stderr: stderr.text.replaceAll(/^ *(at |\d+: ).*\n?/gm, ''),
});

/** Adds 1 to i, i times: long enough for V8 to compile it twice. */
const wasm =
  '[0,97,115,109,1,0,0,0,1,6,1,96,1,127,1,127,3,2,1,0,7,5,1,1,102,0,0,10,30,1,28,1,1,127,3,64,32,1,65,31,108,32,0,106,33,1,32,0,65,1,107,34,0,13,0,11,32,1,11]';
const worker = (code: string) =>
  `new (require('worker_threads').Worker)(${JSON.stringify(code)}, { eval: true })`;

const scripts: Record<string, string> = {
  'tells of itself': `console.log(process.execArgv, process.argv.length, process.argv0, process.cwd(), process.title,
      process.version, process.env, typeof gc, process.getActiveResourcesInfo(), process.listenerCount('beforeExit'),
      require('v8').getHeapStatistics().heap_size_limit)`,
  'draws the same random numbers each time': 'console.log(Math.random(), Math.random())',
  'ends with the code that it has set': 'process.exitCode = 5; setTimeout(() => console.log("end"), 5)',
  'ends when nothing is left to wait for':
    'process.on("beforeExit", (code) => console.log("before", code)); process.on("exit", (code) => console.log("exit", code))',
  'leaves at once':
    'process.on("exit", () => console.log("left")); setInterval(() => {}, 9); process.exit(4)',
  throws: 'throw new TypeError("thrown")',
  'throws later, with a handler of its end':
    'process.on("exit", (code) => console.log("exit", code)); setTimeout(() => { throw new TypeError("later"); }, 5)',
  'rejects and nobody handles it': 'Promise.reject(new Error("rejected"))',
  'catches what nobody else does':
    'process.on("uncaughtException", (e) => console.log("caught", e.message)); setTimeout(() => { throw new Error("later"); }, 5)',
  aborts: 'process.on("exit", () => console.log("never")); process.abort()',
  'recurses too deep': 'const f = () => f(); try { f(); } catch (e) { console.log(e.message); }',
  'reads its input':
    'process.stdin.on("data", (d) => console.log(String(d))).on("end", () => console.log("end"))',
  'waits with timers and immediates':
    'const t = performance.now(); setImmediate(() => console.log("immediate")); setTimeout(() => console.log(performance.now() - t >= 29), 30)',
  'handles its signals':
    'process.on("SIGTERM", (s) => { console.log(s); process.exit(3); }); setTimeout(() => process.kill(process.pid, "SIGTERM"), 5); setInterval(() => {}, 9)',
  'is ended by a signal': 'process.kill(process.pid, "SIGTERM"); for (;;);',
  'writes much':
    'console.log("x".repeat(300000)); process.stdout.write("y", () => console.error("z".repeat(100000)))',
  'uses files by promises':
    'const fs = require("fs/promises"); fs.writeFile("a", "text").then(() => fs.readFile("a", "utf8")).then(console.log)',
  'streams to a file':
    'const { pipeline } = require("stream/promises"); pipeline(["a", "b"], require("fs").createWriteStream("o")).then(() => console.log(require("fs").readFileSync("o", "utf8")))',
  'imports modules':
    'require("fs").writeFileSync("m.mjs", "export default await 5"); Promise.all([import("/work/m.mjs"), import("data:text/javascript,export default 6")]).then((all) => console.log(all.map((one) => one.default)))',
  'starts programs': `const { execFileSync, spawn, fork } = require('child_process');
      console.log(execFileSync('echo', ['one'], { encoding: 'utf8' }));
      const cat = spawn('cat'); cat.stdout.on('data', (d) => console.log(String(d))); cat.stdin.end('two');
      cat.on('close', (code) => {
        console.log(code, execFileSync('node', ['-p', 'Object.keys(process.env).sort().join() + process.execArgv'], { encoding: 'utf8' }));
        require('fs').writeFileSync('child.js', 'process.send([process.execArgv, typeof loadedBy])');
        fork('child.js').on('message', console.log);
      })`,
  'has threads': `const w = ${worker('require("worker_threads").parentPort.postMessage(typeof loadedBy)')}; w.on('message', console.log).on('exit', (code) => console.log('exit', code))`,
  'ends a thread that never does': `${worker('for (;;);')}.on('online', function () { this.terminate().then((code) => console.log(code)); })`,
  'has a thread that throws': worker('setTimeout(() => { throw new Error("in a thread"); }, 5)'),
  'leaves a thread behind': `${worker('setInterval(() => {}, 9)')}.on('online', () => process.exit(6))`,
  'waits for shared memory':
    'const s = new Int32Array(new SharedArrayBuffer(4)); console.log(Atomics.wait(s, 0, 0, 5)); Atomics.waitAsync(s, 0, 0).value.then(console.log); setTimeout(() => Atomics.notify(s, 0), 5)',
  'compiles WebAssembly': `WebAssembly.instantiate(new Uint8Array(${wasm})).then(({ instance }) => { let r = 0; for (let i = 0; i < 300; i++) r += instance.exports.f(20000); console.log(r); })`,
  'compiles WebAssembly in a thread': worker(
    `WebAssembly.compile(new Uint8Array(${wasm})).then((m) => console.log(String(m)))`,
  ),
  'works in the background': `const { promisify } = require('util'); const { scrypt, subtle } = require('crypto');
      Promise.all([promisify(scrypt)('a', 'b', 8), subtle.digest('SHA-256', new Uint8Array(3)), promisify(require('zlib').gzip)('text')])
        .then((all) => console.log(all.map((one) => Buffer.from(one).toString('hex'))))`,
  'keeps stores through its calls':
    'const s = new (require("async_hooks").AsyncLocalStorage)(); s.run(5, async () => { await null; console.log(s.getStore()); }); console.log(s.getStore())',
  'has other contexts':
    'console.log(require("vm").runInNewContext("typeof gc + typeof loadedBy + a", { a: 1 }))',
  'listens at a socket':
    'const net = require("net"); const s = net.createServer((c) => c.end("bye")).listen("/tmp/s", () => net.connect("/tmp/s").on("data", (d) => { console.log(String(d)); s.close(); }))',
  'inspects itself':
    'const s = new (require("inspector").Session)(); s.connect(); s.post("Runtime.evaluate", { expression: "1 + 1" }, (_, r) => console.log(r.result.value))',
  'speaks on its channel':
    'const fs = require("fs"); const b = Buffer.alloc(99); fs.writeSync(3, `<${b.toString("utf8", 0, fs.readSync(3, b) - 1)}>\\n`)',
};

describe('a job cloned from a warm Node', () => {
  it('has but one thread of a process that has loaded its program', async () => {
    const script = `console.log(loadedBy === process.pid, require('fs').readFileSync('/proc/self/status', 'utf8').match(/Threads:\\s*1$/m) !== null)`;
    expect((await run(script)).stdout.text).toBe('false true\n');
    expect((await runAlone(script)).stdout.text).toBe('true false\n');
  });

  it.each(Object.entries(scripts))(
    'does as in a Node of its own: %s',
    { timeout: 60_000 },
    async (_, script) => {
      const rest = { stdin: 'input ✓', exchange: ['question'], env: { NAME: 'value', TZ: 'Asia/Tokyo' } };
      const alone = outcome(await runAlone(script, rest));
      expect(outcome(await run(script, rest))).toEqual(alone);
    },
  );

  it('sees nothing of the one before', async () => {
    const script = `globalThis.seen = [globalThis.left, [].left, process.env.LEFT, process.left, require('assert').left,
        require('fs').readdirSync('.').join(), require('fs').existsSync('/tmp/left'), process.listenerCount('left'), typeof gc];
      globalThis.left = Array.prototype.left = process.env.LEFT = process.left = require('assert').left = 'left';
      process.on('left', () => {});
      require('fs').writeFileSync('left', ''); require('fs').writeFileSync('/tmp/left', '');
      console.log(JSON.stringify(seen))`;
    const one = (await run(script)).stdout.text;
    expect(JSON.parse(one)).toEqual([null, null, null, null, null, 'job.cjs', false, 0, 'undefined']);
    expect((await run(script)).stdout.text).toBe(one);
  });

  it('draws other secrets than the one before', async () => {
    const script = `const c = require('crypto'); console.log(c.randomBytes(16).toString('hex'), c.randomUUID(), c.randomInt(2 ** 40),
      crypto.getRandomValues(new Uint8Array(16)).join())`;
    const drawn = (await run(script)).stdout.text.split(' ');
    const next = (await run(script)).stdout.text.split(' ');
    expect(new Set([...drawn, ...next]).size).toBe(8);
  });

  it('has no right, and nothing that leads to the process that it comes from', async () => {
    const script = `const fs = require('fs');
      const rights = fs.readFileSync('/proc/self/status', 'utf8').match(/(CapPrm|CapEff|NoNewPrivs|Seccomp):\\s+\\w+/g);
      const own = fs.readdirSync('/proc').filter((name) => /^[0-9]+$/.test(name));
      const shared = fs.readFileSync('/proc/self/maps', 'utf8').match(/^\\S+ ..ws .*$/gm);
      console.log(JSON.stringify({ rights, own, shared, variables: Object.keys(process.env).filter((name) => /LD_|ASSAY/.test(name)) }))`;
    expect(JSON.parse((await run(script)).stdout.text)).toEqual({
      rights: ['CapPrm:\t0000000000000000', 'CapEff:\t0000000000000000', 'NoNewPrivs:\t1', 'Seccomp:\t2'],
      own: ['1', '2'],
      shared: null,
      variables: [],
    });
  });

  it.each(['pipe', 'eventfd'])('finds in its own %s nothing that another has left there', async (kind) => {
    const script = `const fs = require('fs');
      const links = fs.readdirSync('/proc/self/fd').filter((fd) => fd > 3).flatMap((fd) => {
        try { return [[Number(fd), fs.readlinkSync('/proc/self/fd/' + fd)]]; } catch { return []; }
      }).filter(([, link]) => link.includes('${kind}'));
      const found = links.map(([fd]) => { try { return fs.readSync(fd, Buffer.alloc(8)); } catch (e) { return e.code; } });
      for (const [fd] of links) try { fs.writeSync(fd, Buffer.from([1, 0, 0, 0, 0, 0, 0, 0])); } catch {}
      fs.writeSync(1, JSON.stringify(found)); process.reallyExit(0);`;
    const first = (await run(script)).stdout.text;
    expect(first).toMatch(/EAGAIN/);
    expect((await run(script)).stdout.text).toBe(first);
  });

  it('cannot make a nursery of itself', async () => {
    const script = `const module = { exports: {} }; process.dlopen(module, '/opt/assay/node.so'); module.exports.nurse(); console.log('nursed')`;
    const bounds = { limits: { ...limits, cpuMs: 500, wallMs: 1000 } };
    expect((await run(script, bounds)).stdout.text).toBe('');
    expect((await run('console.log("next")')).stdout.text).toBe('next\n');
  });

  it.each<[string, string, JobResult['ending'], Partial<Limits>]>([
    [
      'memory in its heap',
      'const a = []; for (;;) a.push(new Array(1e5).fill(1.5))',
      { by: 'memory-limit' },
      {},
    ],
    ['memory beside it', 'const a = []; for (;;) a.push(Buffer.alloc(1e7, 1))', { by: 'memory-limit' }, {}],
    ['time', 'for (;;);', { by: 'cpu-limit' }, { cpuMs: 300 }],
    ['waiting', 'setInterval(() => {}, 50)', { by: 'wall-limit' }, { cpuMs: 300, wallMs: 600 }],
    ['output', 'for (;;) require("fs").writeSync(1, "x".repeat(1e5))', { by: 'output-limit' }, {}],
  ])('is bound in %s', { timeout: 60_000 }, async (_, script, ending, bounds) => {
    expect((await run(script, { limits: { ...limits, ...bounds } })).ending).toEqual(ending);
    expect((await run('console.log("next")')).stdout.text).toBe('next\n');
  });

  it('is bound in processes, and leaves none behind', { timeout: 60_000 }, async () => {
    const script = `const { spawn } = require('child_process'); let refused = 0;
      for (let n = 0; n < 60; n++) spawn('sleep', ['60'], { detached: true }).on('error', () => { refused += 1; });
      setTimeout(() => { console.log(refused > 20); process.exit(); }, 300)`;
    expect((await run(script, { limits: { ...limits, processes: 8 } })).stdout.text).toBe('true\n');
    expect((await run(script, { limits: { ...limits, processes: 8 } })).stdout.text).toBe('true\n');
  });
});

it('runs jobs in a Node of their own where none can be kept warm', { timeout: 60_000 }, async () => {
  const broken = { argv, module: `${inside}/missing.cjs`, node: options };
  const mounts = [{ source: folder, target: inside }];
  const without = await openSandbox({ slots: 1, needs: { services: {}, mounts, warm: [broken] } });
  try {
    for (let time = 0; time < 2; time += 1) {
      const { stdout, ending } = await without.run(job('console.log(loadedBy === process.pid)'));
      expect({ stdout: stdout.text, ending }).toEqual({ stdout: 'true\n', ending: { by: 'exit', code: 0 } });
    }
  } finally {
    await without.close();
  }
});
