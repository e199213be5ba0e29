import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { AssayError } from '../verifiers/errors.ts';
import type { AppEnv } from './context.ts';
import type { Core } from './core.ts';
import { isLoopback } from './loopback.ts';

export type ServeOptions = {
  app: Hono<AppEnv>;
  core: Core;
  host: string;
  /** 0 takes any free one. */
  port: number;
};

export type Listening = {
  /** Where clients reach it. */
  url: string;
  /** Refuses new work, lets what runs finish for `drainMs`, then cancels it and ends every connection. */
  close(drainMs: number): Promise<void>;
};

/** Refuses an address that others can reach while no token protects it: `USAGE`. */
export function refuseOpenAddress(host: string, token: string | undefined): void {
  if (token !== undefined || isLoopback(host)) return;
  throw new AssayError(
    'USAGE',
    `--host ${host} can be reached from other machines, so a token is needed: ` +
      'put one in a file and name it with --token-file, or set ASSAY_TOKEN',
  );
}

/** Listens with `app`. Errors: `USAGE` when the address cannot be had. */
export async function serve({ app, core, host, port }: ServeOptions): Promise<Listening> {
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  // Connections are kept longer than clients' pools keep them, so that none is closed under a new request.
  const server = createServer({ requestTimeout: 60_000, keepAliveTimeout: 75_000 }, listener);
  await listen(server, host, port);
  return {
    url: urlOf(server, host),
    async close(drainMs) {
      core.stopAccepting();
      const closed = once(server, 'close');
      server.close();
      // Work can outlive its connection: a step with a key, or what is being cancelled.
      const finished = Promise.all([closed, core.gate.idle()]);
      await Promise.race([finished, sleep(drainMs, undefined, { ref: false })]);
      await core.close();
      // What was cancelled still gets its answer.
      await Promise.race([finished, sleep(1000, undefined, { ref: false })]);
      server.closeAllConnections();
      await closed;
    },
  };
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  const listening = once(server, 'listening');
  try {
    server.listen(port, host);
    await listening;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AssayError(
      'USAGE',
      `cannot listen on ${host} port ${port}: ${reason}; choose another with --port`,
      {
        cause,
      },
    );
  }
}

function urlOf(server: Server, host: string): string {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
