import type { JobResult } from '../../sandbox/index.ts';
import { reportOf } from './report.ts';

/** What is known of a suite's side of a talk: its line, and what it says next to each reply it was seen to get. */
type Turn = {
  line: string;
  next: Map<string, Turn>;
  /** The reply that led to a suite which passed. */
  right?: string;
  /** How the suite ended, where the line is its report. */
  end?: Pick<JobResult, 'ending' | 'stdout' | 'stderr'>;
};

/** Stands for a candidate that has ended; no reply is empty. */
const gone = '';
/** Of one suite's talks; what goes beyond is not kept. */
const mostCharacters = 2 << 20;

/**
 * The talks that a suite was seen to hold. A suite says the same to the same replies, so that a candidate which replies
 * what another one did can be judged without running the suite again. One that does not is found out, and not used.
 */
export class KnownTalks {
  #start: Turn | undefined;
  #isErratic = false;
  #expected: string[] | undefined;
  #size = 0;

  /** What it holds in memory, in characters. */
  get size(): number {
    return this.#size;
  }

  /** The lines of a suite that passes, without its report; undefined when none was seen. */
  expected(): readonly string[] | undefined {
    this.#expected ??= this.#expectedLines();
    return this.#expected;
  }

  #expectedLines(): string[] | undefined {
    const lines: string[] = [];
    let turn = this.#isErratic ? undefined : this.#start;
    while (turn && !turn.end) {
      lines.push(turn.line);
      turn = turn.right === undefined ? undefined : turn.next.get(turn.right);
    }
    return turn ? lines : undefined;
  }

  /**
   * What the suite makes of these replies to the lines it was `expected` to say: the lines it says and how it ended.
   * `unknown`: it was never seen to get them; `other`: it says something else than was expected.
   */
  follow(expected: readonly string[], replies: readonly string[]): JobResult | 'unknown' | 'other' {
    const lines: string[] = [];
    let turn = this.#start;
    for (let index = 0; turn; index += 1) {
      lines.push(turn.line);
      if (turn.end) return { ...turn.end, replies: lines, usage: noUsage };
      if (turn.line !== expected[index]) return 'other';
      turn = turn.next.get(replies[index] ?? gone);
    }
    return 'unknown';
  }

  /** Takes in a talk: the replies, and what the suite said, which is a line more where it came to its report. */
  learn(replies: readonly string[], suite: JobResult): void {
    this.#expected = undefined;
    const report = reportOf(suite);
    const passed = report?.tests.every((test) => test.passed) === true && !report.fault;
    const [first, ...rest] = suite.replies;
    if (first === undefined || this.#isErratic) return;
    let turn = this.#turnOf(this.#start, first);
    this.#start ??= turn;
    for (const [index, line] of rest.entries()) {
      const reply = replies[index] ?? gone;
      if (this.#size + reply.length + line.length > mostCharacters && !turn.next.has(reply)) return;
      const next = this.#turnOf(turn.next.get(reply), line);
      if (!turn.next.has(reply)) this.#size += reply.length;
      turn.next.set(reply, next);
      if (passed) turn.right = reply;
      turn = next;
    }
    const { ending, stdout, stderr } = suite;
    if (report && ending.by === 'exit') turn.end = { ending, stdout, stderr };
  }

  #turnOf(known: Turn | undefined, line: string): Turn {
    if (!known) {
      this.#size += line.length;
      return { line, next: new Map() };
    }
    if (known.line !== line && !known.end) this.#isErratic = true;
    return known;
  }
}

const noUsage = { cpuMs: 0, wallMs: 0, peakMemoryBytes: 0 };

/** Of all suites together, in characters; those that were not used for long go first. */
const mostOfAll = 64 << 20;
const talks = new Map<string, KnownTalks>();

/** The known talks of a suite, by the line that starts it. */
export function talksOf(suite: string): KnownTalks {
  const found = talks.get(suite) ?? new KnownTalks();
  talks.delete(suite);
  talks.set(suite, found);
  return found;
}

/** To be called when something was learned. */
export function forgetOldest(): void {
  let size = [...talks.values()].reduce((sum, known) => sum + known.size, 0);
  for (const [oldest, known] of talks) {
    if (size <= mostOfAll) break;
    size -= known.size;
    talks.delete(oldest);
  }
}
