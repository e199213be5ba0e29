import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { commandTable } from '../../cli/command-table.ts';
import { assayBin, runAssay, startAssay } from './run-assay.ts';

test('--help lists every command', async () => {
  const { exitCode, stdout, stderr } = await runAssay(['--help']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  for (const { name, summary } of commandTable) {
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(`${name} ${summary}`);
  }
});

test('no command at all shows the help on stderr and is wrong usage', async () => {
  const { exitCode, stdout, stderr } = await runAssay([]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toMatch(/^Usage: assay/);
});

/** Prints each outside package that is imported; runs in Node's thread for loaders. */
const printPackages = `
  import { writeSync } from 'node:fs';
  export async function resolve(specifier, context, next) {
    if (/^[a-z@]/.test(specifier) && !/^(node|file|data):/.test(specifier)) writeSync(2, specifier + ' ');
    return next(specifier, context);
  }`;
const watching = `
  import { register } from 'node:module';
  register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(printPackages)}));`;

test.each([[[]], ...commandTable.map(({ name }) => [[name]])])(
  'assay %s --help loads commander alone',
  (words) => {
    const preload = `data:text/javascript,${encodeURIComponent(watching)}`;
    const args = ['--import', preload, assayBin, ...words, '--help'];
    const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect(stdout).toMatch(/^Usage: assay/);
    expect([...new Set(stderr.trim().split(' '))]).toEqual(['commander']);
  },
);

test('every command shows examples in its help', async () => {
  for (const { name } of commandTable) {
    const { exitCode, stdout } = await runAssay(['help', name]);
    expect({ name, exitCode }).toEqual({ name, exitCode: 0 });
    expect(stdout).toMatch(/\n {2}\$ (.* )?assay /);
  }
});

test('wrong usage is told in one line with what to do, and ends with 2', async () => {
  expect(await runAssay(['verify', '--sed', '1', 'x', 'y'])).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: `error: unknown option '--sed' (Did you mean --seed?) — see "assay verify --help"\n`,
  });
  expect(await runAssay(['verfy'])).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: `error: unknown command 'verfy' (Did you mean verify?) — see "assay --help"\n`,
  });
});

test('with --json an error is one object on stdout, and nothing stands on stderr', async () => {
  const { exitCode, stdout, stderr } = await runAssay(['verify', 'no-such-task', '-', '--json']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: '' });
  expect(JSON.parse(stdout)).toEqual({
    error: {
      code: 'TASK_NOT_FOUND',
      message:
        '"no-such-task" is neither a shipped task nor a path here — "assay tasks list" lists the shipped ones',
      blame: 'task',
      retryable: false,
    },
  });
});

test('a reader that goes away ends the command quietly', async () => {
  const child = startAssay(['tasks', 'schema']);
  child.stdout.destroy();
  const chunks: Buffer[] = [];
  child.stderr.on('data', (chunk) => chunks.push(chunk));
  const [exitCode] = await once(child, 'close');
  expect({ exitCode, stderr: Buffer.concat(chunks).toString() }).toEqual({ exitCode: 0, stderr: '' });
});
