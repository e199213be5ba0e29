import { Hono, type MiddlewareHandler } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { requestId } from 'hono/request-id';
import { authorize } from './authorize.ts';
import { type AppContext, type AppEnv, note } from './context.ts';
import { type Core, stoppingMessage } from './core.ts';
import { episodeRoutes } from './episode-routes.ts';
import { healthRoutes } from './health-routes.ts';
import type { Log } from './log.ts';
import { answerFor, headersFor, Problem } from './problem.ts';
import { requestLog } from './request-log.ts';
import { taskRoutes } from './task-routes.ts';
import { verifyRoutes } from './verify-routes.ts';

export type AppOptions = {
  core: Core;
  log: Log;
  /** Demanded of every request but `/health`; without one, only requests to loopback names are served. */
  token?: string;
};

/**
 * The HTTP app over a core. It listens nowhere: give its `fetch` to `serve`, or call `app.request` in a test.
 *
 * @example
 * const app = createApp({ core, log: createLog('info') });
 * const response = await app.request('http://localhost/health');
 */
export function createApp({ core, log, token }: AppOptions): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.use(requestId({ limitLength: 64 }));
  app.use(requestLog(log));
  app.use(methodNotAllowed({ app, onMethodNotAllowed: refuseMethod }));
  app.route('/', healthRoutes(core));
  app.use('/v1/*', authorize(token));
  app.use('/v1/*', refuseWhenStopping(core));
  app.route('/v1', taskRoutes(core));
  app.route('/v1', verifyRoutes(core));
  app.route('/v1', episodeRoutes(core));
  app.notFound((c) => answerError(unknownRoute(c), c, log));
  app.onError((thrown, c) => answerError(thrown, c, log));
  return app;
}

function refuseWhenStopping(core: Core): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const refused = core.stopping;
    if (!refused) await next();
    // A client that keeps its connection open would hold the server up.
    if (core.stopping) c.header('Connection', 'close');
    if (refused) throw new Problem('STOPPING', stoppingMessage);
  };
}

function refuseMethod(c: AppContext, allowed: string[]): never {
  c.header('Allow', allowed.join(', '));
  throw new Problem('METHOD_REFUSED', `${c.req.path} takes ${allowed.join(', ')}, not ${c.req.method}`);
}

function unknownRoute(c: AppContext): Problem {
  return new Problem(
    'ROUTE_NOT_FOUND',
    `nothing is served at ${c.req.method} ${c.req.path}; see docs/server.md`,
  );
}

function answerError(thrown: unknown, c: AppContext, log: Log): Response {
  const { status, error } = answerFor(thrown);
  note(c, { code: error.code });
  if (error.code === 'INTERNAL') log.error({ requestId: c.get('requestId'), fault: placeOf(thrown) });
  return c.json({ error }, status, headersFor(error));
}

/** Where a bug struck. Its message stays out of the log: it may hold a text that a client sent. */
function placeOf(thrown: unknown): string {
  const stack = thrown instanceof Error ? (thrown.stack ?? thrown.name) : typeof thrown;
  return stack.replace(/^[\s\S]*?(?=\n {4}at )/, '').trim();
}
