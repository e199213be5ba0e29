import { Hono } from 'hono';
import { z } from 'zod';
import { type AppEnv, note } from './context.ts';
import type { Core } from './core.ts';
import { headersFor, statusFor } from './problem.ts';
import { readBody } from './read-body.ts';

const verifySchema = z.strictObject({
  task: z.string(),
  completion: z.string(),
  seed: z.int().min(0).default(0),
});

/** `POST /verify`: a completion in, its verdict out. A `no-verdict` has the status of its error, never 200. */
export function verifyRoutes(core: Core): Hono<AppEnv> {
  return new Hono<AppEnv>().post('/verify', async (c) => {
    const request = await readBody(c, verifySchema, core.limits);
    note(c, { task: request.task });
    const verdict = await core.verify(request, c.req.raw.signal);
    if (verdict.status === 'scored') {
      note(c, { reward: verdict.reward, passed: verdict.passed });
      return c.json(verdict);
    }
    note(c, { code: verdict.error.code, blame: verdict.error.blame });
    return c.json(verdict, statusFor(verdict.error), headersFor(verdict.error));
  });
}
