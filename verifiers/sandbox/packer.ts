/** What most messages fit in, and a buffer of this size is not made anew for each. */
const usualBytes = 4000;

/**
 * Writes numbers and texts one after the other in the form that `slot/` reads: numbers of 4 or 8 bytes, low byte first;
 * texts as their size, their bytes and a zero.
 */
export class Packer {
  #bytes = Buffer.allocUnsafe(usualBytes);
  #size = 0;

  byte(value: number): void {
    this.#ensure(1);
    this.#bytes[this.#size] = value;
    this.#size += 1;
  }

  number(value: number): void {
    this.#ensure(4);
    this.#size = this.#bytes.writeInt32LE(value, this.#size);
  }

  long(value: number): void {
    this.number((value % 2 ** 32) | 0);
    this.number(Math.floor(value / 2 ** 32));
  }

  text(content: string | Uint8Array): void {
    const start = this.reserve();
    this.raw(content);
    this.fill(start);
    this.byte(0);
  }

  texts(contents: readonly string[]): void {
    this.number(contents.length);
    for (const content of contents) this.text(content);
  }

  /** Bytes without their size. */
  raw(content: string | Uint8Array): void {
    if (typeof content === 'string') {
      this.#ensure(content.length < usualBytes ? 3 * content.length : Buffer.byteLength(content));
      this.#size += this.#bytes.write(content, this.#size);
    } else {
      this.#ensure(content.length);
      this.#bytes.set(content, this.#size);
      this.#size += content.length;
    }
  }

  /** Leaves room for the size of what is written until `fill` puts it there. */
  reserve(): number {
    this.number(0);
    return this.#size;
  }

  fill(start: number): void {
    this.#bytes.writeUInt32LE(this.#size - start, start - 4);
  }

  /** All that was written. */
  done(): Buffer {
    return this.#bytes.subarray(0, this.#size);
  }

  #ensure(size: number): void {
    if (this.#size + size <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(2 * (this.#size + size));
    larger.set(this.#bytes.subarray(0, this.#size));
    this.#bytes = larger;
  }
}
