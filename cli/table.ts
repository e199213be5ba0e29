/** A column of a table: its heading, and whether its cells stand to the right, as numbers do. */
export type Column = { heading: string; right?: boolean };

/** Lays out rows of cells under headings, two spaces apart, without lines; empty columns are left out. */
export function formatTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const shown = [...columns.keys()].filter((index) => rows.some((row) => row[index]));
  const headings = columns.map(({ heading }) => heading);
  const widths = columns.map((_, index) =>
    Math.max(...[headings, ...rows].map((row) => (row[index] ?? '').length)),
  );
  const line = (cells: readonly string[]) => {
    const padded = shown.map((index) => {
      const [cell = '', width = 0] = [cells[index], widths[index]];
      return columns[index]?.right ? cell.padStart(width) : cell.padEnd(width);
    });
    return padded.join('  ').trimEnd();
  };
  return [headings, ...rows].map(line).join('\n');
}
