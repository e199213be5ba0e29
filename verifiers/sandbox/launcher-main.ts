import { rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { asAssayError } from '../errors.ts';
import { closeInherited } from './inherited.ts';
import { Launcher, type LauncherOptions } from './launcher.ts';
import type { Returned } from './lease.ts';
import type { Borrower } from './lending.ts';
import { createMessageReader, greeting, packMessage, type Request } from './protocol.ts';
import type { Unpacker } from './unpacker.ts';
import { headOfResult, packStreams } from './wire-result.ts';

/** The launcher process: serves clients on a unix socket in its folder until its parent goes away. */
async function main(): Promise<void> {
  closeInherited();
  const options: LauncherOptions = JSON.parse(process.argv[2] ?? '{}');
  const launcher = await Launcher.start(options).catch((error: unknown) => fail(error));
  const path = join(options.folder, 'launcher.sock');
  rmSync(path, { force: true });
  const server = createServer((socket) => serveClient(launcher, socket));
  server.listen(path, () => process.send?.({ ready: launcher.state }));
  let closing = false;
  const close = async () => {
    if (closing) return;
    closing = true;
    server.close();
    await launcher.close();
    process.exit(0);
  };
  process.on('disconnect', close);
  process.on('SIGTERM', close);
  // A terminal sends Ctrl-C to the whole group; the parent decides when the launcher ends.
  process.on('SIGINT', () => {});
  process.on('exit', () => rmSync(launcher.folder, { recursive: true, force: true }));
}

function fail(error: unknown): never {
  const { code, message } = asAssayError(error);
  process.send?.({ failed: { code, message } }, () => process.exit(3));
  throw error;
}

function serveClient(launcher: Launcher, socket: Socket): void {
  const running = new Map<number, AbortController>();
  const borrowed = new Map<number, (returned: Returned) => void>();
  socket.write(greeting);
  const send = (message: Buffer) => socket.writable && socket.write(message);
  const borrower = (id: number): Borrower => ({
    use: (lease) =>
      new Promise((resolve) => {
        borrowed.set(id, resolve);
        if (socket.destroyed) resolve('broken');
        else send(packMessage({ id, lease }));
      }),
    recall: () => send(packMessage({ id, recalled: true })),
  });
  const perform = async (request: Asking, body: Unpacker) => {
    const controller = new AbortController();
    running.set(request.id, controller);
    try {
      if (request.op === 'borrow') await launcher.lend(borrower(request.id), controller.signal);
      else send(await answer(launcher, request, body, controller.signal));
    } catch (error) {
      const { code, message } = asAssayError(error);
      send(packMessage({ id: request.id, error: { code, message } }));
    } finally {
      running.delete(request.id);
      borrowed.delete(request.id);
    }
  };
  const read = createMessageReader((head, body) => {
    // Messages come from our own client in another thread or process of the same run.
    const request = head as Request;
    if (request.op === 'cancel') running.get(request.id)?.abort();
    else if (request.op === 'return') borrowed.get(request.id)?.(request.returned);
    else void perform(request, body);
  });
  socket.on('data', read);
  socket.on('error', () => {});
  socket.on('close', () => {
    for (const controller of running.values()) controller.abort();
    for (const giveBack of borrowed.values()) giveBack('broken');
  });
}

type Asking = Exclude<Request, { op: 'cancel' | 'return' }>;

async function answer(
  launcher: Launcher,
  request: Exclude<Asking, { op: 'borrow' }>,
  body: Unpacker,
  signal: AbortSignal,
): Promise<Buffer> {
  const { id } = request;
  if (request.op === 'ask') {
    const question = body.text().toString('utf8');
    return packMessage({
      id,
      answer: await launcher.ask(request.service, question, request.deadlineMs, signal),
    });
  }
  const job = { ...request.job, content: body.sized() };
  const partner = request.partner && { ...request.partner, content: body.sized() };
  const result = await launcher.run(job, partner, signal);
  return packMessage({ id, result: headOfResult(result) }, (packer) => packStreams(packer, result));
}

void main();
