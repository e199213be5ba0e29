import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { askTypeChecker } from '../verifiers/code/type-checker.ts';
import { openVerifierSandbox } from '../verifiers/open.ts';
import type { Sandbox } from '../verifiers/sandbox/index.ts';
import type { Bench, Measurement } from './bench.ts';
import { parallel, timed, timeShellLoop, withFolder } from './workload.ts';

const count = 400;
const baselineCount = 40;

export const typescriptCheck: Bench = {
  name: 'typescript-check',
  what: 'type checks of a 60-line candidate, a different one each time, sandboxed',
  against: 'a `tsc --strict --noEmit` process for each candidate, no sandbox',
  target: 15,
  async run() {
    const ours = await timeOurs();
    const baseline = await withFolder((folder) => {
      const files = Array.from({ length: baselineCount }, (_, index) => writeCandidate(folder, index));
      const flags = '--strict --noEmit --target es2023 --ignoreConfig --types ""';
      return timeShellLoop(`exec ${process.execPath} ${tsc()} ${flags} {}`, files, 1);
    });
    return { ours, baseline };
  },
};

async function timeOurs(): Promise<Measurement> {
  const sandbox = await openVerifierSandbox({ slots: parallel });
  try {
    await checkAll(sandbox, 0, 20);
    return await timed(count, () => checkAll(sandbox, 1000, count));
  } finally {
    await sandbox.close();
  }
}

async function checkAll(sandbox: Sandbox, from: number, length: number): Promise<void> {
  const checks = Array.from({ length }, async (_, index) => {
    const question = {
      language: 'typescript' as const,
      source: candidate(from + index),
      names: ['route'],
      forbid: [],
    };
    const { diagnostics } = await askTypeChecker(question, sandbox, {});
    if (diagnostics.length > 0) throw new Error(`the candidate is sound, yet: ${diagnostics[0]?.message}`);
  });
  await Promise.all(checks);
}

function tsc(): string {
  const manifest = createRequire(import.meta.url).resolve('typescript/package.json');
  return join(dirname(manifest), 'bin', 'tsc');
}

function writeCandidate(folder: string, index: number): string {
  const file = join(folder, `candidate${index}.ts`);
  writeFileSync(file, candidate(index));
  return file;
}

/** Sixty lines as a policy writes them: interfaces, generics, a class, narrowing, closures. */
function candidate(number: number): string {
  return `// candidate ${number}
type Node = string;

interface Edge {
  readonly from: Node;
  readonly to: Node;
  readonly cost: number;
}

type Result<T> = { ok: true; value: T } | { ok: false; reason: string };

class Heap<T> {
  readonly #items: T[] = [];
  readonly #before: (a: T, b: T) => boolean;

  constructor(before: (a: T, b: T) => boolean) {
    this.#before = before;
  }

  get size(): number {
    return this.#items.length;
  }

  push(item: T): void {
    this.#items.push(item);
    this.#items.sort((a, b) => (this.#before(a, b) ? -1 : 1));
  }

  pop(): T | undefined {
    return this.#items.shift();
  }
}

function neighbours(edges: readonly Edge[]): Map<Node, Edge[]> {
  const table = new Map<Node, Edge[]>();
  for (const edge of edges) {
    const known = table.get(edge.from);
    if (known) known.push(edge);
    else table.set(edge.from, [edge]);
  }
  return table;
}

export function route(edges: readonly Edge[], start: Node, goal: Node): Result<number> {
  if (edges.some(({ cost }) => cost < ${number % 2 === 0 ? 0 : -1})) return { ok: false, reason: 'a cost is negative' };
  const table = neighbours(edges);
  const done = new Set<Node>();
  const open = new Heap<{ node: Node; total: number }>((a, b) => a.total < b.total);
  open.push({ node: start, total: 0 });
  while (open.size > 0) {
    const next = open.pop();
    if (next === undefined || done.has(next.node)) continue;
    if (next.node === goal) return { ok: true, value: next.total };
    done.add(next.node);
    for (const { to, cost } of table.get(next.node) ?? []) open.push({ node: to, total: next.total + cost });
  }
  return { ok: false, reason: \`no way from \${start} to \${goal}\` };
}
`;
}
