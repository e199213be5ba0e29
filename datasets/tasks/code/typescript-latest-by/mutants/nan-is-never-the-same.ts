export function latestBy<Row, Key extends keyof Row>(rows: readonly Row[], key: Key): Row[] {
  return rows.filter((row, index) => !rows.slice(index + 1).some((later) => later[key] === row[key]));
}
