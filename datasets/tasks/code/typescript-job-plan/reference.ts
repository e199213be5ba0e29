type Job = { hours: number; after: readonly string[] };
type Plan = { starts: Map<string, number>; total: number; chain: string[] };

export class PlanError extends Error {}
export class UnknownJob extends PlanError {}
export class CycleError extends PlanError {}

export function plan(jobs: ReadonlyMap<string, Job>): Plan {
  const order = inOrder(jobs);
  const starts = new Map<string, number>();
  const end = (name: string) => (starts.get(name) ?? 0) + (jobs.get(name)?.hours ?? 0);
  for (const name of order) starts.set(name, Math.max(0, ...(jobs.get(name)?.after ?? []).map(end)));
  const total = Math.max(0, ...order.map(end));
  const inTime = new Map([...jobs.keys()].map((name) => [name, starts.get(name) ?? 0]));
  return { starts: inTime, total, chain: chainOf(jobs, order, starts, end, total) };
}

/** The names so that each comes behind all that it waits for. */
function inOrder(jobs: ReadonlyMap<string, Job>): string[] {
  const waiting = new Map<string, number>();
  const followers = new Map<string, string[]>([...jobs.keys()].map((name) => [name, []]));
  for (const [name, { after }] of jobs) {
    const before = new Set(after);
    waiting.set(name, before.size);
    for (const earlier of before) {
      const list = followers.get(earlier);
      if (!list) throw new UnknownJob(`${name} waits for ${earlier}, which is not a job`);
      list.push(name);
    }
  }
  const order = [...jobs.keys()].filter((name) => waiting.get(name) === 0);
  for (const name of order) {
    for (const follower of followers.get(name) ?? []) {
      const left = (waiting.get(follower) ?? 0) - 1;
      waiting.set(follower, left);
      if (left === 0) order.push(follower);
    }
  }
  if (order.length < jobs.size) throw new CycleError('some jobs wait for one another');
  return order;
}

/** From the last jobs to the first, marks what delays the end; then takes the smallest name at each step. */
function chainOf(
  jobs: ReadonlyMap<string, Job>,
  order: readonly string[],
  starts: ReadonlyMap<string, number>,
  end: (name: string) => number,
  total: number,
): string[] {
  const next = new Map<string, string[]>();
  const firsts: string[] = [];
  for (const name of order.toReversed()) {
    if (end(name) === total && !next.has(name)) next.set(name, []);
    if (!next.has(name)) continue;
    const start = starts.get(name) ?? 0;
    if (start === 0) firsts.push(name);
    for (const earlier of new Set(jobs.get(name)?.after)) {
      if (end(earlier) === start) next.set(earlier, [...(next.get(earlier) ?? []), name]);
    }
  }
  const chain: string[] = [];
  for (let name = smallest(firsts); name !== undefined; name = smallest(next.get(name) ?? [])) chain.push(name);
  return chain;
}

function smallest(names: readonly string[]): string | undefined {
  return names.toSorted()[0];
}
