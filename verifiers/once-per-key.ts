/** What was made for each key, by a map of any kind. */
type Known<Key, Made> = {
  get(key: Key): Promise<Made> | undefined;
  set(key: Key, made: Promise<Made>): unknown;
  delete(key: Key): unknown;
};

/**
 * Makes something once for each key, for all who ask; the latest `most` are kept. What fails is made anew for the next.
 * Many wait for the same, so that no one caller's signal may end it.
 */
export function oncePerKey<Made>(
  most = Number.POSITIVE_INFINITY,
): (key: string, make: () => Promise<Made>) => Promise<Made> {
  const known = new Map<string, Promise<Made>>();
  return (key, make) => {
    const made = once(known, key, make);
    if (known.size > most) known.delete(known.keys().next().value ?? key);
    return made;
  };
}

/** The same for what belongs to an object, as long as that lives. */
export function oncePerObject<Key extends object, Made>(): (
  key: Key,
  make: () => Promise<Made>,
) => Promise<Made> {
  const known = new WeakMap<Key, Promise<Made>>();
  return (key, make) => once(known, key, make);
}

function once<Key, Made>(known: Known<Key, Made>, key: Key, make: () => Promise<Made>): Promise<Made> {
  const before = known.get(key);
  if (before) return before;
  const made = make();
  known.set(key, made);
  made.catch(() => known.delete(key));
  return made;
}
