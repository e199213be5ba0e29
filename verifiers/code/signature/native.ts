/** A parameter as its language writes it. */
export type NativeParameter = {
  /** As it stands in a header, without its name. */
  declared: string;
  /** The type of the value that is passed. */
  value: string;
  /** The function may change what the caller sees. */
  changes: boolean;
};

/** A function by its header, in the words of its own language. */
export type NativeFunction = { name: string; parameters: NativeParameter[]; returns: string };

/** A header that cannot be read, or that has a type whose values cannot travel. */
export class HeaderError extends Error {}

/** The words, names and signs of a header, in their order; `::` belongs to a name. */
export class Words {
  readonly #words: readonly string[];
  #at = 0;

  constructor(header: string, pattern: RegExp) {
    this.#words = header.match(pattern) ?? [];
  }

  peek(ahead = 0): string {
    return this.#words[this.#at + ahead] ?? '';
  }

  next(): string {
    const word = this.peek();
    this.#at += 1;
    return word;
  }

  /** Goes past a word if it is the next one. */
  take(wanted: string): boolean {
    if (this.peek() !== wanted) return false;
    this.#at += 1;
    return true;
  }

  expect(wanted: string): void {
    if (this.take(wanted)) return;
    throw new HeaderError(`has "${this.peek() || 'its end'}" where "${wanted}" was expected`);
  }

  /** What is read by `one`, parted by commas, up to the sign that closes it; a comma may stand before that. */
  list<T>(close: string, one: () => T): T[] {
    const items: T[] = [];
    while (!this.take(close)) {
      items.push(one());
      if (this.peek() !== close) this.expect(',');
    }
    return items;
  }
}
