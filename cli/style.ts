import { styleText } from 'node:util';

type Format = Parameters<typeof styleText>[0];

/** Colours a text for a stream that shows colours; `NO_COLOR`, `TERM=dumb` and pipes get it plain. */
export function paint(stream: NodeJS.WriteStream, format: Format, text: string): string {
  // `hasColors` reads NO_COLOR, FORCE_COLOR and TERM.
  return stream.isTTY && stream.hasColors() ? styleText(format, text, { validateStream: false }) : text;
}
