import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import type { AppEnv } from './context.ts';
import type { Log } from './log.ts';

/** Logs each request once, when it has been answered: what was asked, how it ended, how long it took. */
export function requestLog(log: Log): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const startedMs = performance.now();
    c.set('facts', {});
    await next();
    const status = c.req.raw.signal.aborted ? 499 : c.res.status;
    log[status >= 500 ? 'error' : 'info']({
      requestId: c.get('requestId'),
      method: c.req.method,
      route: routePath(c, -1),
      status,
      durationMs: Math.round(performance.now() - startedMs),
      ...c.get('facts'),
    });
  };
}
