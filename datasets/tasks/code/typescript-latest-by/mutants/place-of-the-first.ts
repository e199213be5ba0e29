export function latestBy<Row, Key extends keyof Row>(rows: readonly Row[], key: Key): Row[] {
  const latest = new Map<Row[Key], Row>();
  for (const row of rows) latest.set(row[key], row);
  return [...latest.values()];
}
