export function latestBy<Row, Key extends keyof Row>(rows: readonly Row[], key: Key): Row[] {
  const seen = new Set<Row[Key]>();
  return rows.filter((row) => {
    if (seen.has(row[key])) return false;
    seen.add(row[key]);
    return true;
  });
}
