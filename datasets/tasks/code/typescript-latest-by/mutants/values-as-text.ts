export function latestBy<Row, Key extends keyof Row>(rows: readonly Row[], key: Key): Row[] {
  const position: Record<string, number> = {};
  rows.forEach((row, index) => {
    position[String(row[key])] = index;
  });
  return rows.filter((row, index) => position[String(row[key])] === index);
}
