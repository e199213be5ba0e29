import type { Check, Diagnostic, Verdict } from '../verifiers/verdict.ts';
import { formatEvidence } from './evidence-text.ts';
import { printable } from './printable.ts';
import { paint } from './style.ts';

const maxDiagnostics = 12;
const indent = '    ';

/** A verdict for people: how it ended, each check with what it found and where, and what it cost. */
export function formatVerdict(verdict: Verdict, candidate: string): string {
  const lines = printable(candidate).split('\n');
  const evidenced = verdict.checks.find(
    ({ outcome, evidence }) => outcome === 'fail' && evidence !== undefined,
  );
  return [
    headline(verdict),
    ...verdict.checks.flatMap((check) => [
      checkLine(check),
      ...check.diagnostics
        .slice(0, maxDiagnostics)
        .flatMap((diagnostic) => diagnosticLines(diagnostic, lines)),
      ...restLine(check.diagnostics.length - maxDiagnostics),
      ...(check === evidenced ? ['', ...indented(printable(formatEvidence(check.evidence))), ''] : []),
    ]),
    costLine(verdict),
  ].join('\n');
}

function headline(verdict: Verdict): string {
  if (verdict.status === 'no-verdict') {
    const { blame, code, message, retryable } = verdict.error;
    const again = retryable ? ' (trying again may help)' : '';
    return `${verdict.task}: ${paint(process.stdout, 'yellow', 'no verdict')}, blamed on the ${blame}: ${code}, ${printable(message)}${again}`;
  }
  const word = verdict.passed
    ? paint(process.stdout, 'green', 'passed')
    : paint(process.stdout, 'red', 'failed');
  return `${verdict.task}: ${word}, reward ${Number(verdict.reward.toFixed(4))}`;
}

const marks = { pass: ['green', '✓'], fail: ['red', '✗'], skipped: ['dim', '-'] } as const;

function checkLine({ name, outcome, passedCount, totalCount }: Check): string {
  const [colour, mark] = marks[outcome];
  const counts = totalCount === undefined ? '' : `  ${passedCount ?? 0} of ${totalCount}`;
  const note = outcome === 'skipped' ? '  skipped' : '';
  return `  ${paint(process.stdout, colour, mark)} ${name}${counts}${note}`;
}

/** The message with its place, and the line of the candidate with a mark under the column. */
function diagnosticLines(diagnostic: Diagnostic, lines: readonly string[]): string[] {
  const { severity, file, line, column, code } = diagnostic;
  const message = printable(diagnostic.message);
  const place = [file, line, line === undefined ? undefined : column]
    .filter((part) => part !== undefined)
    .join(':');
  const said = `${place === '' ? '' : `${place}: `}${severity}: ${message}${code ? ` [${code}]` : ''}`;
  const source = line === undefined ? undefined : lines[line - 1];
  if (source === undefined || line === undefined) return indented(said);
  const gutter = `${line} | `;
  const caret = column === undefined ? [] : [`${' '.repeat(gutter.length)}${caretUnder(source, column)}`];
  return [...indented(said), ...indented([`${gutter}${source}`, ...caret].join('\n'), `${indent}  `)];
}

/** Tabs before the column are kept, so that the mark stands under it. */
function caretUnder(source: string, column: number): string {
  return `${source.slice(0, column - 1).replace(/[^\t]/g, ' ')}^`;
}

function restLine(count: number): string[] {
  return count > 0 ? [`${indent}and ${count} more`] : [];
}

function costLine({ usage, sandbox, isolation, strength, seed, attempt, tools }: Verdict): string {
  const parts = [
    `${Math.round(usage.cpuMs)} ms CPU`,
    `${Math.round(usage.wallMs)} ms`,
    `${(usage.peakMemoryBytes / 2 ** 20).toFixed(1)} MiB`,
    `seed ${seed}`,
    ...(attempt > 1 ? [`attempt ${attempt}`] : []),
    sandbox === 'none' ? paint(process.stdout, 'red', 'NO SANDBOX') : `sandbox ${sandbox}`,
    ...(isolation === 'shared' ? ['shared isolation'] : []),
    ...(strength ? [`strength ${strength}`] : []),
    ...tools.map(({ name, version }) => `${name} ${version}`),
  ];
  return paint(process.stdout, 'dim', parts.join(', '));
}

function indented(text: string, by = indent): string[] {
  return text.split('\n').map((line) => `${by}${line}`);
}
