import { formatTable } from './table.ts';

const maxCellLength = 100;
const maxRows = 20;

/**
 * Evidence of a check for people. Its shape is the verifier's affair: a record becomes lines of name and value, a
 * list of records a table, anything else its JSON.
 */
export function formatEvidence(evidence: unknown): string {
  if (isRecordList(evidence)) return recordTable(evidence);
  if (!isRecord(evidence)) return clipped(asText(evidence));
  const entries = Object.entries(evidence).filter(([, value]) => value !== undefined);
  const width = Math.max(...entries.map(([name]) => name.length));
  return entries.flatMap(([name, value]) => entryLines(name, value, width)).join('\n');
}

function entryLines(name: string, value: unknown, width: number): string[] {
  if (isRecordList(value) || (isRecord(value) && !isFlat(value))) {
    return [
      name,
      ...formatEvidence(value)
        .split('\n')
        .map((line) => `  ${line}`),
    ];
  }
  const [first = '', ...more] = asText(value).split('\n').slice(0, maxRows);
  return [
    `${name.padEnd(width)}  ${clipped(first)}`,
    ...more.map((line) => `${' '.repeat(width)}  ${clipped(line)}`),
  ];
}

/** A record whose values all fit one line together. */
function isFlat(record: Record<string, unknown>): boolean {
  return JSON.stringify(record).length <= maxCellLength;
}

function recordTable(records: Record<string, unknown>[]): string {
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const rows = records.slice(0, maxRows).map((record) => names.map((name) => clipped(asText(record[name]))));
  const rest = records.length > maxRows ? `\nand ${records.length - maxRows} more` : '';
  return `${formatTable(
    names.map((heading) => ({ heading })),
    rows,
  )}${rest}`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isRecordList(value: unknown): value is Record<string, unknown>[] {
  return Array.isArray(value) && value.length > 0 && value.every(isRecord);
}

function asText(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function clipped(text: string): string {
  return text.length > maxCellLength ? `${text.slice(0, maxCellLength - 1)}…` : text;
}
