/**
 * Whether `size` items on the left can be paired with as many on the right, each with one that it agrees with
 * (Kuhn's algorithm over augmenting paths: at most size^3 steps, and `agrees` asked once for each pair).
 */
export function canPairAll(size: number, agrees: (left: number, right: number) => boolean): boolean {
  const partners = Array.from({ length: size }, (_, left) => {
    return Array.from({ length: size }, (_, right) => right).filter((right) => agrees(left, right));
  });
  const pairedWith: (number | undefined)[] = new Array(size).fill(undefined);

  function pair(left: number, tried: Set<number>): boolean {
    for (const right of partners[left] ?? []) {
      if (tried.has(right)) continue;
      tried.add(right);
      const rival = pairedWith[right];
      if (rival === undefined || pair(rival, tried)) {
        pairedWith[right] = left;
        return true;
      }
    }
    return false;
  }
  return partners.every((_, left) => pair(left, new Set()));
}
