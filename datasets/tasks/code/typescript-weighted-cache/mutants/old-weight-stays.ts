type Step<Key, Value> =
  | { op: 'put'; key: Key; value: Value; weight: number }
  | { op: 'get'; key: Key }
  | { op: 'drop'; key: Key };

class WeightedCache<Key, Value> {
  readonly #capacity: number;
  readonly #entries = new Map<Key, { value: Value; weight: number }>();
  #total = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  put(key: Key, value: Value, weight: number): void {
    if (weight > this.#capacity) return;
    this.#entries.delete(key);
    this.#entries.set(key, { value, weight });
    this.#total += weight;
    for (const oldest of this.#entries.keys()) {
      if (this.#total <= this.#capacity) break;
      this.drop(oldest);
    }
  }

  get(key: Key): Value | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  drop(key: Key): void {
    this.#total -= this.#entries.get(key)?.weight ?? 0;
    this.#entries.delete(key);
  }

  keys(): Key[] {
    return [...this.#entries.keys()];
  }
}

export function replay<Key, Value>(
  capacity: number,
  steps: readonly Step<Key, Value>[],
): { answers: (Value | undefined)[]; held: Key[] } {
  const cache = new WeightedCache<Key, Value>(capacity);
  const answers: (Value | undefined)[] = [];
  for (const step of steps) {
    if (step.op === 'put') cache.put(step.key, step.value, step.weight);
    else if (step.op === 'get') answers.push(cache.get(step.key));
    else cache.drop(step.key);
  }
  return { answers, held: cache.keys() };
}
