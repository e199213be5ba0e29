import { formatDuration } from './duration.ts';

/** How far a job is. `earlier` were done by an earlier run and say nothing of the rate; `note` is told at the end. */
export type ProgressState = { done: number; earlier: number; total?: number; note?: string };

/** Shows how far a job is. */
export type Progress = { update(state: ProgressState): void; end(): void };

const terminalEveryMs = 200;
const plainEveryMs = 10_000;

/**
 * Shows progress on stderr: on a terminal one line that is written over, elsewhere a line every ten seconds. `things`
 * is what is counted, e.g. `rows`.
 */
export function startProgress(things: string, stream: NodeJS.WriteStream = process.stderr): Progress {
  const startedAt = performance.now();
  const everyMs = stream.isTTY ? terminalEveryMs : plainEveryMs;
  let shownAt = stream.isTTY ? Number.NEGATIVE_INFINITY : startedAt;
  let last: ProgressState | undefined;
  const show = (state: ProgressState) => {
    const line = describeProgress(state, things, performance.now() - startedAt);
    stream.write(stream.isTTY ? `\r\u001B[K${line.slice(0, (stream.columns || 80) - 1)}` : `${line}\n`);
  };
  return {
    update(state) {
      last = state;
      if (performance.now() - shownAt < everyMs) return;
      shownAt = performance.now();
      show(state);
    },
    end() {
      if (!last || !stream.isTTY) return;
      show(last);
      stream.write('\n');
    },
  };
}

/** One line: count and share, rate of this run, and the time left at that rate. */
export function describeProgress(state: ProgressState, things: string, elapsedMs: number): string {
  const { done, earlier, total, note } = state;
  const rate = elapsedMs > 0 ? ((done - earlier) / elapsedMs) * 1000 : 0;
  const share = total
    ? `${done}/${total} ${things} (${Math.floor((done / total) * 100)} %)`
    : `${done} ${things}`;
  const left = total !== undefined && rate > 0 && done < total ? ((total - done) / rate) * 1000 : undefined;
  return [
    share,
    `${rate < 10 ? rate.toFixed(1) : Math.round(rate)}/s`,
    ...(left !== undefined ? [`${formatDuration(left)} left`] : []),
    ...(note ? [note] : []),
  ].join(', ');
}
