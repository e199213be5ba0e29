// Loads the warm programs of a slot that run in Node, and becomes one of them for each job; the rest is native, see node.c.
//
// Its arguments are the native part and the modules of the programs in the order of their numbers. Each exports `main`,
// and `rehearse` where it has something to run ahead: that is given a function that answers with a socket which has a
// text to read.

const { closeSync } = require('node:fs');
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');

const [library, ...modules] = process.argv.slice(2);
const native = { exports: {} };
process.dlopen(native, library);
const { nurse, end, converseWith } = native.exports;

/** Runs `action` with a socket that has `text` to read. */
async function onSocket(text, action) {
  const ends = converseWith(text);
  try {
    await action(ends[0]);
  } finally {
    for (const fd of ends) closeSync(fd);
  }
}

/** All that is garbage now would be copied by each job that collects its own. */
function collect() {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  setFlagsFromString('--no-expose-gc');
}

/** Has none of the standard streams be made, which are of another kind in each job, while `action` runs. */
async function withoutStreams(action) {
  const streams = ['stdin', 'stdout', 'stderr'].map((name) => [
    name,
    Object.getOwnPropertyDescriptor(process, name),
  ]);
  for (const [name] of streams) Object.defineProperty(process, name, { value: {}, configurable: true });
  await action();
  for (const [name, own] of streams) Object.defineProperty(process, name, own);
}

/** Loads the programs as modules that nothing remembers. */
async function load() {
  const programs = modules.map((path) => {
    require(path);
    return require.cache[path];
  });
  for (const { exports } of programs) await exports.rehearse?.(onSocket);
  for (const path of Object.keys(require.cache)) delete require.cache[path];
  return programs;
}

/** As if the program had been started by the command line. */
function become(program, [, ...words], variables, pid) {
  const first = words.findIndex((word) => !word.startsWith('-'));
  process.execArgv = words.slice(0, first);
  process.argv = [process.execPath, ...words.slice(first)];
  for (const variable of variables) {
    const end = variable.indexOf('=');
    process.env[variable.slice(0, end)] = variable.slice(end + 1);
  }
  Object.defineProperty(process, 'pid', { value: pid });
  process.chdir('/work');
  process.mainModule = program;
  require.cache[program.filename] = program;
  program.exports.main();
}

async function serve() {
  let programs;
  // At its own end, Node would take down its heap, and wait for its threads.
  process.reallyExit = (code) => end(Number(code) | 0);
  await withoutStreams(async () => {
    programs = await load();
  });
  collect();
  // No thread is at work for the event loop now: a clone would wait for what it does.
  process.once('beforeExit', () => {
    const [number, ...job] = nurse();
    setImmediate(() => become(programs[number], ...job));
  });
}

serve();
