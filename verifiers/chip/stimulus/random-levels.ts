import type { Random } from '../../random.ts';
import type { Port } from '../spec.ts';

/** How an input moves for a while: its next level, from its present one. */
type Motion = (random: Random, now: string, high: number) => string;

const uniform: Motion = (random, now, high) =>
  now.length === 1 ? (random.chance(high) ? '1' : '0') : random.bits(now.length);

const corners: ((width: number, random: Random) => string)[] = [
  (width) => '0'.repeat(width),
  (width) => '1'.repeat(width),
  (width) => '1'.padStart(width, '0'),
  (width) => '0'.padStart(width, '1'),
  (width) => '1'.padEnd(width, '0'),
  (width) => '0'.padEnd(width, '1'),
  (width) => '01'.repeat(width).slice(0, width),
  (width) => '10'.repeat(width).slice(0, width),
  (width, random) => oneHot(width, random.below(width)),
];

const oneHot = (width: number, at: number) => `${'0'.repeat(at)}1${'0'.repeat(width - at - 1)}`;

const corner: Motion = (random, now, high) => {
  if (now.length === 1) return uniform(random, now, high);
  return corners[random.below(corners.length)]?.(now.length, random) ?? now;
};

const sticky =
  (change: number): Motion =>
  (random, now, high) =>
    random.chance(change) ? uniform(random, now, high) : now;

/** A single bit walks round; a level that has none or many starts anew with one. */
const walking: Motion = (random, now, high) => {
  if (now.length === 1) return uniform(random, now, high);
  const alone = now.indexOf('1') >= 0 && now.indexOf('1') === now.lastIndexOf('1');
  return alone ? now.slice(1) + now.slice(0, 1) : oneHot(now.length, random.below(now.length));
};

/** Small steps, as of addresses and counts. */
const stepping: Motion = (random, now, high) => {
  if (now.length === 1 || /[xz]/.test(now)) return uniform(random, now, high);
  const step = BigInt(random.below(3) - 1);
  return BigInt.asUintN(now.length, BigInt(`0b${now}`) + step)
    .toString(2)
    .padStart(now.length, '0');
};

const holding: Motion = (_random, now) => now;

/** Leaves a net to whatever else drives it. */
const released: Motion = (_random, now) => 'z'.repeat(now.length);

/** Motions with their shares. */
const motions: [Motion, number][] = [
  [uniform, 5],
  [sticky(1 / 3), 2],
  [sticky(1 / 12), 3],
  [corner, 2],
  [walking, 1],
  [stepping, 1],
  [holding, 2],
];
const deck = motions.flatMap(([motion, share]) => Array.from({ length: share }, () => motion));

/** Draws how each input moves during the next stretch. */
export function drawMotions(random: Random, inputs: Port[]): Map<string, Motion> {
  return new Map(
    inputs.map(({ name, direction }) => {
      const motion = deck[random.below(deck.length)] ?? uniform;
      return [name, direction === 'inout' && random.chance(1 / 2) ? released : motion];
    }),
  );
}
