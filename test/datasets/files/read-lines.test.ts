import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Line, readLines } from '../../../datasets/files/read-lines.ts';
import { collect } from '../collect.ts';

async function* inChunks(bytes: Buffer, sizes: number[]): AsyncGenerator<Uint8Array> {
  let start = 0;
  for (let turn = 0; start < bytes.length; turn++) {
    const end = start + (sizes[turn % sizes.length] ?? 1);
    yield bytes.subarray(start, end);
    start = end;
  }
}

async function linesOf(bytes: Buffer, sizes = [bytes.length || 1], maxBytes?: number): Promise<Line[]> {
  return collect(readLines(inChunks(bytes, sizes), maxBytes === undefined ? {} : { maxBytes }));
}

test('lines come out the same however the bytes are cut into chunks', async () => {
  const text = fc.string({ unit: fc.constantFrom('a', '"', 'é', '𝄞', '\n', ' ') });
  await fc.assert(
    fc.asyncProperty(
      text,
      fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1 }),
      async (whole, sizes) => {
        const expected = whole.replace(/\n$/, '').split('\n');
        const lines = await linesOf(Buffer.from(whole), sizes);
        expect(lines).toEqual(
          whole === '' ? [] : expected.map((line, index) => ({ number: index + 1, text: line })),
        );
      },
    ),
  );
});

test('a byte order mark and carriage returns are not part of the text', async () => {
  expect(await linesOf(Buffer.from('\uFEFFone\r\ntwo'))).toEqual([
    { number: 1, text: 'one' },
    { number: 2, text: 'two' },
  ]);
});

test('a line that is not UTF-8 is reported with its number, and the next is read', async () => {
  const bytes = Buffer.concat([Buffer.from('one\n'), Buffer.from([0x61, 0xff, 0x0a]), Buffer.from('three')]);
  expect(await linesOf(bytes)).toEqual([
    { number: 1, text: 'one' },
    { number: 2, fault: 'not-utf8', head: 'a\uFFFD' },
    { number: 3, text: 'three' },
  ]);
});

test('a line past the limit is reported by its head, one of the limit is read', async () => {
  const long = 'x'.repeat(1000);
  expect(await linesOf(Buffer.from(`${long}\n1234567890\n12345678901`), [7], 10)).toEqual([
    { number: 1, fault: 'too-long', head: 'x'.repeat(14) },
    { number: 2, text: '1234567890' },
    { number: 3, fault: 'too-long', head: '12345678901' },
  ]);
});
