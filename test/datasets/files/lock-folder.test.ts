import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lockFolder } from '../../../datasets/files/lock-folder.ts';
import { packageRoot } from '../../../verifiers/paths.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-lock-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('a folder is held by one at a time, and free after its release', async () => {
  const out = join(folder, 'twice');
  const lock = await lockFolder(out);
  await expect(lockFolder(out)).rejects.toMatchObject({ code: 'USAGE' });
  await lock.release();
  await (await lockFolder(out)).release();
  expect(readdirSync(out)).toEqual([]);
});

test('of many that start at once, no two hold the folder', async () => {
  const out = join(folder, 'many');
  const attempts = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(out)));
  expect(attempts.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(1);
});

test('another process holds the folder until it is killed', async () => {
  const out = join(folder, 'killed');
  const module = JSON.stringify(join(packageRoot, 'dist/datasets/files/lock-folder.js'));
  const program = `
    const { lockFolder } = await import(${module});
    await lockFolder(${JSON.stringify(out)});
    console.log('held');
    setInterval(() => {}, 1000);`;
  const holder = spawn(process.execPath, ['--input-type=module', '-e', program]);
  await once(holder.stdout, 'data');
  await expect(lockFolder(out)).rejects.toMatchObject({
    code: 'USAGE',
    message: `${out} is held by the running process ${holder.pid} — wait for it, or choose another --out`,
  });
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  await (await lockFolder(out)).release();
  expect(readdirSync(out)).toEqual([]);
});

test('a folder that cannot be made is named', async () => {
  writeFileSync(join(folder, 'file'), '');
  for (const path of [join(folder, 'file'), join(folder, 'file/below'), '/proc/no-such-folder']) {
    await expect(lockFolder(path)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  }
});
