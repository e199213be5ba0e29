type Job = { hours: number; after: readonly string[] };

export class PlanError extends Error {}
export class UnknownJob extends PlanError {}
export class CycleError extends PlanError {}

export function plan(
  jobs: ReadonlyMap<string, Job>,
): { starts: Map<string, number>; total: number; chain: string[] } {
  for (const { after } of jobs.values()) {
    for (const name of after) if (!jobs.has(name)) throw new UnknownJob(name);
  }

  type Step = { start: number; end: number; chain: string[] };
  const steps = new Map<string, Step>();
  const open = new Set<string>();

  const visit = (name: string): Step => {
    const known = steps.get(name);
    if (known) return known;
    if (open.has(name)) throw new CycleError(name);
    open.add(name);
    const job = jobs.get(name) ?? { hours: 0, after: [] };
    const before = job.after.map(visit);
    const start = before.reduce((sum, step) => sum + step.end, 0);
    const chains = before.filter((step) => step.end === start).map((step) => step.chain);
    const step = { start, end: start + job.hours, chain: [...first(chains), name] };
    steps.set(name, step);
    open.delete(name);
    return step;
  };

  const all = [...jobs.keys()].map(visit);
  const total = Math.max(0, ...all.map((step) => step.end));
  const starts = new Map([...steps].map(([name, step]) => [name, step.start]));
  const chain = first(all.filter((step) => step.end === total).map((step) => step.chain));
  return { starts, total, chain };
}

function first(chains: readonly string[][]): string[] {
  return chains.toSorted(compareChains)[0] ?? [];
}

function compareChains(one: readonly string[], other: readonly string[]): number {
  for (const [index, name] of one.entries()) {
    const rival = other[index];
    if (rival === undefined || name > rival) return 1;
    if (name < rival) return -1;
  }
  return one.length - other.length;
}
