import type { ScoreSummary, TaskSummary } from '../datasets/score.ts';
import { type Column, formatTable } from './table.ts';

const maxShownTasks = 60;

/** The summary of a scoring job for people: a row a task, then what became of every line. */
export function formatScore(summary: ScoreSummary, out: string): string {
  const sampled = Object.entries(summary.tasks).filter(([, { samples }]) => samples > 0);
  const shown = sampled.slice(0, maxShownTasks).map(([id, task]) => taskCells(id, task));
  const hidden = sampled.length - shown.length;
  return [
    formatTable(columns, [...shown, totalCells(summary)]),
    ...(hidden > 0 ? [`and ${hidden} more tasks, in ${out}/summary.json`] : []),
    '',
    rowsLine(summary),
    ...detailLines(summary),
    `results in ${out}`,
  ].join('\n');
}

const columns: Column[] = [
  { heading: 'task' },
  { heading: 'samples', right: true },
  { heading: 'pass@1', right: true },
  { heading: 'pass@5', right: true },
  { heading: 'pass@10', right: true },
  { heading: 'pass@100', right: true },
  { heading: 'reward', right: true },
  { heading: 'no verdict', right: true },
  { heading: 'failed at' },
];

function taskCells(id: string, task: TaskSummary): string[] {
  const { samples, scored, passAtK, meanReward, failedAt } = task;
  return [
    id,
    String(samples),
    ...rates(passAtK),
    fixed(meanReward),
    dash(samples - scored),
    listed(failedAt),
  ];
}

function totalCells({ rows, passAtK, meanReward }: ScoreSummary): string[] {
  const samples = rows.scored + rows.noVerdict;
  return ['all', String(samples), ...rates(passAtK), fixed(meanReward), dash(rows.noVerdict), ''];
}

function rates(passAtK: Record<string, number>): string[] {
  return ['1', '5', '10', '100'].map((k) => fixed(passAtK[k] ?? null));
}

function fixed(value: number | null): string {
  return value === null ? '' : value.toFixed(3);
}

function dash(count: number): string {
  return count === 0 ? '' : String(count);
}

function listed(counts: Record<string, number>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}

function rowsLine({ rows }: ScoreSummary): string {
  const { lines, scored, noVerdict, rejected, blank } = rows;
  return `${lines} lines: ${scored} scored, ${noVerdict} without verdict, ${rejected} rejected, ${blank} blank`;
}

function detailLines({ noVerdicts, rejected, unexpectedSamples = {} }: ScoreSummary): string[] {
  const details = [
    ['no verdict by blame', listed(noVerdicts.blame)],
    ['no verdict by code', listed(noVerdicts.code)],
    ['rejected', listed(rejected)],
    ['other numbers of samples', listed(unexpectedSamples)],
  ];
  return details.filter(([, text]) => text).map(([name, text]) => `${name}: ${text}`);
}
