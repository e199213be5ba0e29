import type { Command } from 'commander';
import { action } from './action.ts';
import { examples } from './examples.ts';

export function register(command: Command): void {
  command
    .command('cocotb')
    .description(
      'fetch cocotb and pytest from PyPI into the cache folder, for harnesses of chip design in Python',
    )
    .action(action(async ({ signal }) => (await import('./install-cocotb.ts')).installCocotb(signal)));
  command
    .command('isolates')
    .description(
      'build isolated-vm, which runs JavaScript candidates several times faster; takes a minute or two',
    )
    .action(action(async ({ signal }) => (await import('./build-isolates.ts')).buildIsolates(signal)));
  command
    .command('node')
    .description(
      'fetch the Node that JavaScript and TypeScript candidates are to run in, from npm into the cache folder',
    )
    .action(action(async ({ signal }) => (await import('./install-node.ts')).installNode(signal)));
  command
    .command('yosys')
    .description(
      'fetch the build of Yosys for Node from npm into the cache folder, for machines without Yosys; 38 MB',
    )
    .action(action(async ({ signal }) => (await import('./install-yosys.ts')).installYosys(signal)));
  command.addHelpText('after', explanation);
}

const explanation = `
cocotb: the folder is ASSAY_COCOTB where that is set, else "cocotb" in the cache folder (ASSAY_CACHE, else
$XDG_CACHE_HOME/assay, else ~/.cache/assay). Needs pip and the network.
node: without it, and without ASSAY_NODE, candidates run in the Node that runs Assay. Needs npm and the network.
yosys: the folder is ASSAY_YOSYS where that is set. A script takes it about a second, and ABC is not in it: where it can be had,
the yosys of the system is the better one, and is used.
isolates: built for the Node of candidates, where the modules lie. Needs a C++ compiler, make and, for Node's headers, the network.
${examples('assay tools cocotb', 'assay tools isolates', 'assay tools node', 'assay tools yosys')}`;
