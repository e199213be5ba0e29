import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { Task } from '../../datasets/task.ts';
import { AssayError } from '../../verifiers/errors.ts';
import { createReplayApp } from './create-replay-app.ts';

export type ReplayServer = { url: string; close(): Promise<void> };

export type ReplayOptions = {
  tasks: Iterable<Task>;
  /** Default: 127.0.0.1. */
  hostname?: string;
  /** Default: any free one. */
  port?: number;
};

/**
 * Starts the embedded policy server; see `createReplayApp`.
 *
 * Errors: `USAGE` when the address cannot be listened on.
 */
export async function serveReplay({
  tasks,
  hostname = '127.0.0.1',
  port = 0,
}: ReplayOptions): Promise<ReplayServer> {
  const { fetch } = createReplayApp(tasks);
  const server = serve({ fetch, hostname, port });
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', (cause) => reject(cannotListen(`${hostname}:${port}`, cause)));
  });
  // A server on TCP has an AddressInfo.
  const address = server.address() as AddressInfo;
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  const close = () => {
    if ('closeAllConnections' in server) server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { url: `http://${host}:${address.port}/v1`, close };
}

function cannotListen(address: string, cause: Error): AssayError {
  const message = `cannot listen on ${address}: ${cause.message} — choose another --port or --host`;
  return new AssayError('USAGE', message, { cause });
}
