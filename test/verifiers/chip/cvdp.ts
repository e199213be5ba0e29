import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder } from './verilog-eval.ts';

type Row = {
  id: string;
  output?: { context?: Record<string, string> };
  patch?: Record<string, string>;
};

/** Every design file of CVDP's published solutions; empty where the data is absent. */
export function cvdpSolutions(): { name: string; text: string }[] {
  const folder = join(dataFolder, 'cvdp');
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => file.endsWith('_with_solutions.jsonl'));
  const lines = files.flatMap((file) => readFileSync(join(folder, file), 'utf8').trim().split('\n'));
  return lines.flatMap((line) => solutionsOf(JSON.parse(line)));
}

function solutionsOf({ id, output, patch }: Row): { name: string; text: string }[] {
  const solutions = Object.entries({ ...output?.context, ...patch });
  const designs = solutions.filter(([file, text]) => /^rtl\/.*\.s?v$/.test(file) && text !== '');
  return designs.map(([file, text]) => ({ name: `${id} ${file}`, text: added(text) }));
}

/** What a patch that makes a new file puts into it. */
function added(text: string): string {
  if (!text.startsWith('@@')) return text;
  const lines = text.split('\n').filter((line) => line.startsWith('+'));
  return lines.map((line) => line.slice(1)).join('\n');
}
