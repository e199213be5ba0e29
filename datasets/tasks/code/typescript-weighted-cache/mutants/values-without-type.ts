type Step = { op: string; key: unknown; value?: unknown; weight?: number };

export function replay(capacity: number, steps: readonly Step[]): { answers: unknown[]; held: unknown[] } {
  const entries = new Map<unknown, { value: unknown; weight: number }>();
  const answers: unknown[] = [];
  let total = 0;
  const drop = (key: unknown) => {
    total -= entries.get(key)?.weight ?? 0;
    entries.delete(key);
  };
  for (const { op, key, value, weight = 0 } of steps) {
    if (op === 'drop') drop(key);
    if (op === 'get') {
      const entry = entries.get(key);
      if (entry) {
        entries.delete(key);
        entries.set(key, entry);
      }
      answers.push(entry?.value);
    }
    if (op === 'put' && weight <= capacity) {
      drop(key);
      entries.set(key, { value, weight });
      total += weight;
      for (const oldest of entries.keys()) {
        if (total <= capacity) break;
        drop(oldest);
      }
    }
  }
  return { answers, held: [...entries.keys()] };
}
