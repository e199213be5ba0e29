import { Hono } from 'hono';
import type { Task } from '../datasets/task.ts';
import { environmentOf } from '../envs/index.ts';
import type { AppEnv } from './context.ts';
import type { Core } from './core.ts';

/** `GET /tasks`: what is served here, without prompts, tests or references. */
export function taskRoutes({ tasks }: Core): Hono<AppEnv> {
  return new Hono<AppEnv>().get('/tasks', (c) => c.json({ tasks: tasks.map(summary) }));
}

function summary(task: Task) {
  const { id, title, difficulty, tags, turns, verify } = task;
  return {
    id,
    environment: environmentOf(task).name,
    title,
    difficulty,
    tags,
    turns,
    language: verify.language,
  };
}
