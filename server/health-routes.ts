import { Hono } from 'hono';
import { version } from '../verifiers/version.ts';
import type { AppEnv } from './context.ts';
import type { Core } from './core.ts';

/** `GET /health`: whether the server takes work, and how much of it there is. */
export function healthRoutes(core: Core): Hono<AppEnv> {
  const { tasks, limits, sandbox, gate, episodes } = core;
  return new Hono<AppEnv>().get('/health', (c) =>
    c.json({
      status: core.stopping ? 'stopping' : 'ok',
      version,
      sandbox: sandbox.level,
      tasks: tasks.length,
      queue: {
        running: gate.running,
        concurrent: limits.concurrent,
        waiting: gate.waiting,
        queued: limits.queued,
      },
      episodes: { open: episodes.count, limit: limits.episodes },
    }),
  );
}
