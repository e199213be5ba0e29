export function latestBy<Row extends Record<string, unknown>>(rows: readonly Row[], key: string): Row[] {
  const latest = new Map<unknown, Row>();
  for (const row of rows) {
    latest.delete(row[key]);
    latest.set(row[key], row);
  }
  return [...latest.values()];
}
