import { isUtf8 } from 'node:buffer';

/** One line of an input: its text, or what keeps it from being read with the head of its bytes. */
export type Line = { number: number } & ({ text: string } | { fault: LineFault; head: string });
export type LineFault = 'too-long' | 'not-utf8';

/** The longest line that is read, in bytes; what is longer is reported and never held in memory. */
export const maxLineBytes: number = 16 * 1024 * 1024;

const headBytes = 200;
const newline = 0x0a;

/**
 * Splits bytes into lines, numbered from 1, holding no more than one line and one chunk in memory. A last line
 * without its newline counts; a carriage return before the newline and a byte order mark do not.
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
  { maxBytes = maxLineBytes }: { maxBytes?: number } = {},
): AsyncGenerator<Line> {
  const gathered = new Gathered(maxBytes);
  let number = 0;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      gathered.add(chunk.subarray(start, end));
      yield gathered.take(++number);
      start = end + 1;
    }
    gathered.add(chunk.subarray(start));
  }
  if (!gathered.isEmpty) yield gathered.take(++number);
}

/** The bytes of one line as they come in; past the limit only its head is kept. */
class Gathered {
  readonly #maxBytes: number;
  #parts: Uint8Array[] = [];
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get isEmpty(): boolean {
    return this.#bytes === 0;
  }

  add(part: Uint8Array): void {
    const wasTooLong = this.#bytes > this.#maxBytes;
    this.#bytes += part.length;
    if (wasTooLong || part.length === 0) return;
    this.#parts.push(part);
    if (this.#bytes > this.#maxBytes) this.#parts = [Buffer.concat(this.#parts).subarray(0, headBytes)];
  }

  take(number: number): Line {
    const bytes = this.#parts.length === 1 ? asBuffer(this.#parts[0]) : Buffer.concat(this.#parts);
    const tooLong = this.#bytes > this.#maxBytes;
    this.#parts = [];
    this.#bytes = 0;
    if (tooLong) return { number, fault: 'too-long', head: headOf(bytes) };
    if (!isUtf8(bytes)) return { number, fault: 'not-utf8', head: headOf(bytes) };
    return {
      number,
      text: bytes
        .toString('utf8')
        .replace(/^\uFEFF/, '')
        .replace(/\r$/, ''),
    };
  }
}

function asBuffer(part: Uint8Array = new Uint8Array()): Buffer {
  return Buffer.from(part.buffer, part.byteOffset, part.byteLength);
}

function headOf(bytes: Buffer): string {
  return bytes.toString('utf8', 0, headBytes);
}
