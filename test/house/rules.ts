import type { Import } from './imports.ts';

/** What each top folder may import, beside itself. */
const floors: Record<string, readonly string[]> = {
  verifiers: [],
  datasets: ['verifiers'],
  envs: ['verifiers', 'datasets'],
  rollout: ['verifiers', 'datasets', 'envs'],
  server: ['verifiers', 'datasets', 'envs', 'rollout'],
  cli: ['verifiers', 'datasets', 'envs', 'rollout', 'server'],
  bench: ['verifiers', 'datasets', 'envs', 'rollout', 'server', 'cli'],
};

/** Rooms of the verifiers that know nothing of one another. */
const walls: readonly [from: string, to: string][] = [
  ['verifiers/sandbox/', 'verifiers/code/'],
  ['verifiers/sandbox/', 'verifiers/chip/'],
  ['verifiers/code/', 'verifiers/chip/'],
  ['verifiers/chip/', 'verifiers/code/'],
];

/** Who may import an outside package: `one` file of ours, or any file below these paths. */
const guests: Record<string, 'one' | readonly string[]> = {
  '@hono/node-server': ['server/serve.ts', 'rollout/replay/serve-replay.ts'],
  commander: ['cli/', 'bench/'],
  diff: 'one',
  esbuild: 'one',
  hono: ['server/', 'rollout/replay/'],
  hyparquet: 'one',
  'hyparquet-compressors': 'one',
  pino: 'one',
  piscina: 'one',
  typescript: 'one',
  undici: 'one',
  wavedrom: 'one',
  yaml: ['datasets/loading/', 'verifiers/code/languages/'],
  zod: [''],
};

/** Sentences about the imports that run the wrong way; none when the house is in order. */
export function findFaults(imports: readonly Import[]): string[] {
  const perImport = imports.flatMap((edge) =>
    [floorFault, wallFault, guestFault].flatMap((rule) => rule(edge)),
  );
  return [...perImport, ...crowdFaults(imports), ...circleFaults(imports)];
}

function floorFault({ from, to }: Import): string[] {
  if (!isOurs(to)) return [];
  const [home, other] = [topOf(from), topOf(to)];
  if (home === other || floors[home]?.includes(other)) return [];
  return [`${from} imports ${to}: ${home} may import ${floors[home]?.join(', ') || 'no other folder'}`];
}

function wallFault({ from, to }: Import): string[] {
  const wall = walls.find(([left, right]) => from.startsWith(left) && to.startsWith(right));
  return wall ? [`${from} imports ${to}: ${wall[0]} knows nothing of ${wall[1]}`] : [];
}

function guestFault({ from, to }: Import): string[] {
  if (isOurs(to) || to.startsWith('node:')) return [];
  const hosts = guests[to];
  if (hosts === undefined) return [`${from} imports ${to}, which test/house/rules.ts does not place`];
  if (hosts === 'one' || hosts.some((host) => from.startsWith(host))) return [];
  return [`${from} imports ${to}: only ${hosts.join(', ')} may`];
}

function crowdFaults(imports: readonly Import[]): string[] {
  const alone = Object.keys(guests).filter((name) => guests[name] === 'one');
  return alone.flatMap((name) => {
    const files = [...new Set(imports.filter(({ to }) => to === name).map(({ from }) => from))];
    return files.length > 1 ? [`${files.join(' and ')} import ${name}: one file may`] : [];
  });
}

/** Files that import each other in a ring, found by walking each file's imports depth first. */
function circleFaults(imports: readonly Import[]): string[] {
  const next = new Map<string, string[]>();
  for (const { from, to } of imports) next.set(from, [...(next.get(from) ?? []), to]);
  const done = new Set<string>();
  const walk = (file: string, path: readonly string[]): string[] => {
    if (path.includes(file)) return [`${[...path.slice(path.indexOf(file)), file].join(' -> ')} is a circle`];
    if (done.has(file)) return [];
    const found = (next.get(file) ?? []).flatMap((to) => walk(to, [...path, file]));
    done.add(file);
    return found;
  };
  return [...next.keys()].flatMap((file) => walk(file, []));
}

function topOf(path: string): string {
  return path.split('/')[0] ?? '';
}

function isOurs(path: string): boolean {
  return /\.(ts|json|mjs)$/.test(path);
}
