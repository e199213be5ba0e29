/**
 * Which rows of an input are dealt with, in four bytes a row: rejected, or judged with a mark that tells its candidate
 * from another.
 */
export class RowMarks {
  #marks = new Uint32Array(1024);
  #size = 0;

  /** Rows that are dealt with. */
  get size(): number {
    return this.#size;
  }

  get(row: number): number | undefined {
    return this.#marks[row] || undefined;
  }

  set(row: number, mark: number): void {
    if (row >= this.#marks.length) {
      const longer = new Uint32Array(Math.max(row + 1, this.#marks.length * 2));
      longer.set(this.#marks);
      this.#marks = longer;
    }
    if (this.#marks[row] === 0) this.#size += 1;
    this.#marks[row] = mark;
  }
}

export const rejectedMark = 1;

/** The mark of a row whose candidate has this hash; never the one of a rejected row. */
export function candidateMark(candidateSha256: string): number {
  return Math.max(2, Number.parseInt(candidateSha256.slice(0, 8), 16));
}
