import { Hono } from 'hono';
import { z } from 'zod';
import { type AppContext, type AppEnv, note } from './context.ts';
import type { Core } from './core.ts';
import { Problem } from './problem.ts';
import { readBody } from './read-body.ts';

const resetSchema = z.strictObject({
  task: z.string(),
  seed: z.int().min(0).default(0),
  turns: z.int().min(1).max(20).optional(),
});

const stepSchema = z.strictObject({ completion: z.string() });

/** `/episodes`: reset, step and close of an environment, each episode under an id of its own. */
export function episodeRoutes({ episodes, find, limits }: Core): Hono<AppEnv> {
  const close = async (c: AppContext) => {
    const episode = c.req.param('id') ?? '';
    await episodes.close(episode);
    note(c, { episode });
    return c.json({ episode, closed: true });
  };
  return new Hono<AppEnv>()
    .post('/episodes', async (c) => {
      const { task, seed, turns } = await readBody(c, resetSchema, limits);
      note(c, { task });
      const opened = await episodes.reset({ task: find(task), seed, ...(turns !== undefined && { turns }) });
      note(c, { episode: opened.episode });
      return c.json(opened);
    })
    .post('/episodes/:id/step', async (c) => {
      const episode = c.req.param('id');
      note(c, { episode });
      const { completion } = await readBody(c, stepSchema, limits);
      const key = idempotencyKey(c);
      const request = { completion, ...(key !== undefined && { key }) };
      const result = await episodes.step(episode, request, c.req.raw.signal);
      note(c, { task: result.info.task, reward: result.reward, terminated: result.terminated });
      return c.json(result);
    })
    .post('/episodes/:id/close', close)
    .delete('/episodes/:id', close);
}

function idempotencyKey(c: AppContext): string | undefined {
  const key = c.req.header('idempotency-key');
  if (key === undefined || (key.length > 0 && key.length <= 255)) return key;
  throw new Problem('BODY_INVALID', 'Idempotency-Key: expected 1 to 255 characters');
}
