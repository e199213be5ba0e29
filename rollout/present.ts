type Present<T> = { [Key in keyof T]?: Exclude<T[Key], null | undefined> };

/** The fields that have a value, so that absent ones do not show up in JSON. */
export function present<T extends object>(fields: T): Present<T> {
  const kept = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null);
  // Only null and undefined were taken away.
  return Object.fromEntries(kept) as Present<T>;
}
