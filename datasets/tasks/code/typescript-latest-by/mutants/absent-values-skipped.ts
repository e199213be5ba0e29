export function latestBy<Row, Key extends keyof Row>(rows: readonly Row[], key: Key): Row[] {
  const latest = new Map<Row[Key], Row>();
  for (const row of rows) {
    const value = row[key];
    if (value === undefined || value === null) continue;
    latest.delete(value);
    latest.set(value, row);
  }
  return [...latest.values()];
}
