export function latestBy(rows: readonly any[], key: PropertyKey): any[] {
  const latest = new Map<unknown, any>();
  for (const row of rows) {
    latest.delete(row[key]);
    latest.set(row[key], row);
  }
  return [...latest.values()];
}
