import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { packageRoot } from '../../verifiers/paths.ts';

const bin = join(packageRoot, 'bin', 'assay.mjs');

/** The `assay` command as a real process; it never rejects. */
export function assay(args: readonly string[], env: Record<string, string> = {}) {
  return execa(process.execPath, [bin, ...args], { reject: false, env });
}

/** The rows of a JSONL file as far as they are whole. */
export function wholeRows(path: string): Record<string, unknown>[] {
  return readText(path)
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}

/** Resolves when a file has so many whole lines, or with `false` when `ended` comes first. */
export async function untilRows(path: string, count: number, ended: Promise<unknown>): Promise<boolean> {
  let isRunning = true;
  ended.then(() => {
    isRunning = false;
  });
  while (isRunning) {
    if (readText(path).split('\n').length > count) return true;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return false;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
