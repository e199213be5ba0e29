export class PagedReader {
  #fetchPage;
  #pages = [];
  #isComplete = false;

  constructor(fetchPage) {
    this.#fetchPage = fetchPage;
  }

  get pagesRead() {
    return this.#pages.length;
  }

  async #page(index) {
    if (index < this.#pages.length) return this.#pages[index];
    if (this.#isComplete) return undefined;
    const { items, last } = await this.#fetchPage(index);
    this.#isComplete = last;
    this.#pages.push(items);
    return items;
  }

  async *items() {
    for (let index = 0; ; index += 1) {
      const page = await this.#page(index);
      if (page === undefined) return;
      yield* page;
    }
  }

  async find(matches) {
    for await (const item of this.items()) if (matches(item)) return item;
    return undefined;
  }
}
