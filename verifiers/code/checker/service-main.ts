import { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { Checker } from './check.ts';
import type { Question, SuiteQuestion, TreeQuestion } from './question.ts';

/** The checking service: says that it is ready, then answers each line on descriptor 3 with a line there. */
async function main(): Promise<void> {
  const channel = new Socket({ fd: 3 });
  const checker = new Checker();
  await checker.answer({ language: 'typescript', source: 'export {};', names: [], forbid: ['any'] });
  channel.write(`${JSON.stringify({ ready: true })}\n`);
  for await (const line of createInterface({ input: channel })) {
    // Questions come from our own judge, never from a candidate.
    const question: Question | SuiteQuestion | TreeQuestion = JSON.parse(line);
    channel.write(`${JSON.stringify(await checker.answer(question))}\n`);
  }
  checker.close();
}

await main();
