/** Reads what a `Packer` wrote. Texts are parts of the bytes given, not copies. */
export class Unpacker {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  number(): number {
    this.#at += 4;
    return this.#bytes.readUInt32LE(this.#at - 4);
  }

  text(): Buffer {
    const text = this.sized();
    this.#at += 1;
    return text;
  }

  /** What was written after `reserve` and before `fill`. */
  sized(): Buffer {
    const size = this.number();
    this.#at += size;
    return this.#bytes.subarray(this.#at - size, this.#at);
  }

  list<Item>(read: () => Item): Item[] {
    return Array.from({ length: this.number() }, read);
  }
}
