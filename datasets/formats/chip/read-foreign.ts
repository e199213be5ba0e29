import type { z } from 'zod';
import type { Port } from '../../../verifiers/chip/spec.ts';
import { headerPorts } from '../../../verifiers/chip/verilog/header-ports.ts';
import { tokenize } from '../../../verifiers/chip/verilog/tokens.ts';
import type { Loaded } from '../../loading/loaded.ts';
import type { FormatOptions } from '../options.ts';
import { RowError } from '../reading/row-error.ts';
import { readRows } from '../reading/rows.ts';
import { corrected, readErrata } from './errata.ts';
import { type ForeignTask, taskOf } from './foreign-task.ts';
import { InterfaceReader } from './interfaces.ts';

/** A row of a public set: a task with its place, or what is wrong with it. */
export type ForeignRow = { origin: string } & ({ foreign: ForeignTask } | { problems: string[] });

/** The rows of a file of JSON lines as tasks; a `RowError` of `toForeign` is the row's problem. */
export async function* foreignRows<Row>(
  path: string,
  origin: string,
  schema: z.ZodType<Row>,
  toForeign: (row: Row) => ForeignTask,
): AsyncGenerator<ForeignRow> {
  for await (const row of readRows(path)) {
    const place = `${origin}:${row.number}`;
    yield {
      origin: place,
      ...('fault' in row ? { problems: [`${place}: ${row.fault}`] } : made(row.value, place)),
    };
  }

  function made(value: unknown, place: string): { foreign: ForeignTask } | { problems: string[] } {
    const parsed = schema.safeParse(value);
    if (!parsed.success) return { problems: rowProblems(place, parsed.error) };
    try {
      return { foreign: toForeign(parsed.data) };
    } catch (thrown) {
      if (thrown instanceof RowError) return { problems: [`${place}: ${thrown.message}`] };
      throw thrown;
    }
  }
}

/** What is wrong with the fields of a row, each with its name. */
export function rowProblems(origin: string, error: z.ZodError): string[] {
  return error.issues.map(({ path, message }) => `${origin}: ${path.join('.')}: ${message}`);
}

/** Makes tasks of the rows of a public set: corrects them by our errata, and reads the ports of their references. */
export async function* tasksOf(
  set: string,
  rows: AsyncIterable<ForeignRow>,
  { errata = true, theirs = false, unsafe = false }: FormatOptions = {},
): AsyncGenerator<Loaded> {
  const known = errata ? readErrata(set) : [];
  const reader = new InterfaceReader({ unsafe });
  try {
    for await (const row of rows) {
      if ('problems' in row) yield row;
      else {
        const foreign = corrected(row.foreign, known);
        yield taskOf(foreign, await portsOf(foreign, reader), row.origin, theirs);
      }
    }
  } finally {
    await reader.close();
  }
}

/** Where there is no reference, the ports are those of the header that an answer must have, if the set tells it. */
async function portsOf(foreign: ForeignTask, reader: InterfaceReader): Promise<Port[]> {
  const { reference, header, modules = '', top, language } = foreign;
  if (reference !== '') return reader.portsOf({ text: `${reference}\n${modules}`, top, language });
  return header === undefined ? [] : headerPorts(tokenize(`${header} endmodule`), top);
}
