import { type FileHandle, open } from 'node:fs/promises';
import { fileError } from './file-error.ts';

const newline = 0x0a;
const blockBytes = 64 * 1024;
const syncEveryMs = 5000;

/**
 * An append-only file of one JSON value per line that survives a kill at any byte.
 *
 * - `open` makes the file, or cuts off a last line that was torn by a kill (`cutBytes` tells how much).
 * - `append` resolves when the line has been handed to the system: it then outlives this process. Lines that wait
 *   for the disk are written together. Await it before counting the row as done, and for back-pressure.
 * - The file is synced to the disk at least every five seconds in which rows arrive, on `sync` and on `close`:
 *   that much a power cut can take.
 * - A write that fails (`DISK_FULL`) leaves no part of its lines in the file, and every later `append` rejects with
 *   the same error.
 *
 * One writer a file: hold `lockFolder` for its folder.
 *
 * @example
 * const rollouts = await JsonlAppender.open(join(out, 'rollouts.jsonl'));
 * await rollouts.append({ id: 1 });
 * await rollouts.close();
 */
export class JsonlAppender {
  readonly path: string;
  /** Length of the torn last line that opening has cut off. */
  readonly cutBytes: number;
  readonly #file: FileHandle;
  #size: number;
  #queued: string[] = [];
  #scheduled: Promise<void> | undefined;
  #last: Promise<void> = Promise.resolve();
  #syncedAt = performance.now();

  private constructor(path: string, file: FileHandle, size: number, cutBytes: number) {
    this.path = path;
    this.#file = file;
    this.#size = size;
    this.cutBytes = cutBytes;
  }

  static async open(path: string): Promise<JsonlAppender> {
    try {
      const file = await open(path, 'a+');
      const { size } = await file.stat();
      const whole = await endOfLastLine(file, size);
      if (whole < size) await file.truncate(whole);
      return new JsonlAppender(path, file, whole, size - whole);
    } catch (thrown) {
      throw fileError(path, thrown);
    }
  }

  append(row: unknown): Promise<void> {
    this.#queued.push(`${JSON.stringify(row)}\n`);
    if (!this.#scheduled) {
      this.#scheduled = this.#last.then(() => this.#writeQueued());
      this.#last = this.#scheduled;
    }
    return this.#scheduled;
  }

  /** Resolves when every row so far is on the disk. */
  async sync(): Promise<void> {
    await this.#last;
    await this.#file.datasync();
    this.#syncedAt = performance.now();
  }

  async close(): Promise<void> {
    try {
      await this.sync();
    } finally {
      await this.#file.close();
    }
  }

  async #writeQueued(): Promise<void> {
    const bytes = Buffer.from(this.#queued.join(''));
    this.#queued = [];
    this.#scheduled = undefined;
    try {
      await writeWhole(this.#file, bytes);
      this.#size += bytes.length;
      if (performance.now() - this.#syncedAt > syncEveryMs) {
        await this.#file.datasync();
        this.#syncedAt = performance.now();
      }
    } catch (thrown) {
      await this.#file.truncate(this.#size).catch(() => {});
      throw fileError(this.path, thrown);
    }
  }
}

/** `write` may take a part of what it is given, e.g. when the disk is nearly full. */
async function writeWhole(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.length; ) {
    written += (await file.write(bytes, written)).bytesWritten;
  }
}

/** Offset behind the last newline. */
async function endOfLastLine(file: FileHandle, size: number): Promise<number> {
  const block = Buffer.alloc(blockBytes);
  for (let end = size; end > 0; ) {
    const start = Math.max(0, end - blockBytes);
    const { bytesRead } = await file.read(block, 0, end - start, start);
    const at = block.subarray(0, bytesRead).lastIndexOf(newline);
    if (at !== -1) return start + at + 1;
    end = start;
  }
  return 0;
}
