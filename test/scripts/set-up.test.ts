import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../verifiers/paths.ts';
import { version } from '../../verifiers/version.ts';
import { pathWith } from '../search-path.ts';

function setUp(env: Record<string, string> = {}) {
  return execa(process.execPath, ['scripts/set-up.mjs'], { cwd: packageRoot, env, reject: false });
}

/** Programs of these names that do nothing. */
const standIns = (names: string[]) => Object.fromEntries(names.map((name) => [name, '/bin/true']));

describe('the set-up', () => {
  it('says nothing where nothing is missing', async () => {
    const { stdout, stderr, exitCode } = await setUp();
    expect({ stdout, stderr, exitCode }).toEqual({ stdout: '', stderr: '', exitCode: 0 });
  });

  // Modules behind a link are those of another checkout, and so is the command beside them.
  it.skipIf(lstatSync(join(packageRoot, 'node_modules')).isSymbolicLink())(
    'puts the command where npx finds it',
    async () => {
      const { stdout } = await execa('npx', ['--no-install', 'assay', '--version'], { cwd: packageRoot });
      expect(stdout).toBe(version);
    },
  );

  it.each([
    [
      'dnf',
      /^ {2}(sudo )?dnf install -y bubblewrap gcc-c\+\+ python3 iverilog verilator yosys golang rust java-latest-openjdk-devel$/m,
    ],
    [
      'pacman',
      /^ {2}(sudo )?pacman -S --needed --noconfirm bubblewrap gcc python iverilog verilator yosys go rust jdk-openjdk$/m,
    ],
    ['brew', /^ {2}brew install python icarus-verilog verilator yosys go rust openjdk$/m],
  ])('prints the command of %s that installs what is missing', async (manager, command) => {
    const { stdout, stderr, exitCode } = await setUp({ PATH: pathWith({ [manager]: '/bin/true' }) });
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 3 });
    expect(stderr).toMatch(command);
  });

  it('names only what is missing, and what for', async () => {
    const present = ['bwrap', 'cc', 'python3', 'verilator', 'yosys', 'go', 'rustc', 'javac'];
    const { stderr, exitCode } = await setUp({ PATH: pathWith(standIns(present)) });
    expect({ exitCode, lines: stderr.split('\n') }).toEqual({
      exitCode: 3,
      lines: [
        'Programs that Assay needs are missing:',
        '  iverilog   for compiling and simulating chip designs',
        'Install them with the package manager of this system.',
        'and run this again.',
      ],
    });
  });

  it('goes on without the compilers that only some tasks need', async () => {
    const present = ['bwrap', 'cc', 'python3', 'iverilog', 'verilator', 'yosys', 'rustc', 'javac'];
    const { stderr, exitCode } = await setUp({ PATH: pathWith(standIns(present)) });
    expect({ exitCode, lines: stderr.split('\n') }).toEqual({
      exitCode: 0,
      lines: [
        'Tasks in these languages end without a verdict, since their compilers are missing:',
        '  go         for candidates in Go',
        'Install them with the package manager of this system.',
      ],
    });
  });
});
