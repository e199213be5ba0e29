/** Where two JSON values first differ, as `checks[2].evidence.reason: "a" and "b"`; undefined where they agree. */
export function firstDifference(before: unknown, after: unknown, place = ''): string | undefined {
  if (Object.is(before, after)) return undefined;
  if (!isContainer(before) || !isContainer(after)) return `${place}: ${shown(before)} and ${shown(after)}`;
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  for (const key of keys) {
    const step = Array.isArray(before) ? `[${key}]` : `${place === '' ? '' : '.'}${key}`;
    const found = firstDifference(before[key], after[key], `${place}${step}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

const maxShown = 60;

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > maxShown ? `${text.slice(0, maxShown)}…` : text;
}
