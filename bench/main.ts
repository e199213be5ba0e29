import { Argument, Command } from 'commander';
import { type BenchResult, measure } from './bench.ts';
import { thisMachine } from './machine.ts';
import { benches } from './registry.ts';

const columns = benches.map(({ name, what, target }) => `  ${name.padEnd(18)} ${what}; target ${target}`);

/** Ends with 1 when a ratio is below its target. */
await new Command('npm run bench --')
  .description(
    'Measures the speed of Assay, each time against a plain way of doing the same in the same run.',
  )
  .addArgument(new Argument('[names...]', 'benches to run, or all').choices(benches.map(({ name }) => name)))
  .option('--json', 'prints one line of JSON')
  .addHelpText('after', `\nBenches:\n${columns.join('\n')}`)
  .addHelpText('after', '\nExit codes: 0 all ratios at their targets, 1 one below it, 2 wrong usage')
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .action(runBenches)
  .parseAsync();

async function runBenches(names: string[], { json = false }: { json?: boolean }): Promise<void> {
  const machine = thisMachine();
  const results: BenchResult[] = [];
  for (const bench of benches) {
    if (names.length > 0 && !names.includes(bench.name)) continue;
    const missing = bench.missing?.();
    if (missing) {
      console.error(`${bench.name}: skipped, ${missing}`);
      continue;
    }
    const result = await measure(bench);
    results.push(result);
    if (!json) console.log(describe(result));
  }
  const { cpu, cores, memoryGiB, node } = machine;
  if (json) console.log(JSON.stringify({ machine, results }));
  else console.log(`machine    ${cpu}, ${cores} cores, ${memoryGiB} GiB, Node ${node}`);
  if (results.some(({ met }) => !met)) process.exitCode = 1;
}

function describe(result: BenchResult): string {
  const { name, what, against, oursPerSecond, baselinePerSecond, ratio, target, met, beside } = result;
  return [
    `${name}: ${what}`,
    `  ours       ${perSecond(oursPerSecond)}`,
    `  baseline   ${perSecond(baselinePerSecond)} (${against})`,
    `  ratio      ${ratio.toFixed(2)}, target ${target}: ${met ? 'met' : 'MISSED'}`,
    ...(beside
      ? [`  beside     ${beside.ratio.toFixed(2)} of ${perSecond(beside.perSecond)} (${beside.against})`]
      : []),
    ...(result.note ? [`  besides    ${result.note}`] : []),
  ].join('\n');
}

function perSecond(rate: number): string {
  return `${rate >= 100 ? rate.toFixed(0) : rate.toFixed(1)}/s`;
}
