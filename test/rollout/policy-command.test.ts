import { once } from 'node:events';
import { expect, test } from 'vitest';
import { assay } from './assay-process.ts';

test('assay policy serve says where it listens, answers there, and ends at Ctrl-C', async () => {
  const child = assay(['policy', 'serve', '--tasks', 'python/cascade-bins', '--json']);
  const [printed] = await once(child.stdout, 'data');
  const { url, tasks } = JSON.parse(String(printed));
  expect(tasks).toBe(1);
  const models = await (await fetch(`${url}/models`)).json();
  expect(models).toMatchObject({ data: [{ id: 'replay' }] });
  child.kill('SIGINT');
  expect((await child).exitCode).toBe(130);
});

test('assay policy serve names the address that it cannot listen on', async () => {
  const { exitCode, stderr } = await assay(['policy', 'serve', '--host', '192.0.2.1', '--port', '1234']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('cannot listen on 192.0.2.1:1234');
});
