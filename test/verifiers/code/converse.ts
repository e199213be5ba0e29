import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Duplex } from 'node:stream';

/** What a driver replied, line by line, and how it ended. */
export type Conversation = { replies: unknown[]; code: number | null; stdout: string; stderr: string };

/** Runs a driver outside of any sandbox and puts questions to it on descriptor 3, in lock step. */
export async function converse(
  argv: readonly string[],
  questions: readonly unknown[],
  stdin = '',
  cwd = process.cwd(),
): Promise<Conversation> {
  const env = { PATH: process.env.PATH, PYTHONHASHSEED: '0', PYTHONUTF8: '1', TZ: 'UTC' };
  const [program = '', ...rest] = argv;
  const child = spawn(program, rest, {
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    env,
    cwd,
  });
  const channel = child.stdio[3] as Duplex; // 'pipe' makes a socket that both sides read and write
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (data) => (output.stdout += data));
  child.stderr.on('data', (data) => (output.stderr += data));
  child.stdin.on('error', () => {});
  channel.on('error', () => {});
  child.stdin.end(stdin);
  const ended = once(child, 'close');
  const replies: unknown[] = [];
  const lines = createInterface({ input: channel })
    .on('error', () => {})
    [Symbol.asyncIterator]();
  for (const question of questions) {
    channel.write(`${JSON.stringify(question)}\n`);
    const line = await lines.next().catch(() => ({ done: true as const }));
    if (line.done) break;
    replies.push(JSON.parse(line.value));
  }
  channel.end();
  const [code] = await ended;
  return { replies, code, ...output };
}
