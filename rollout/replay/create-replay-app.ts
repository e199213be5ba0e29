import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { z } from 'zod';
import type { Task } from '../../datasets/task.ts';
import { jsonIn } from '../../verifiers/json-in.ts';
import { requestText } from '../request-text.ts';
import { type ChatRequest, chatRequestSchema, firstText } from './chat-request.ts';
import { RecordedAnswers } from './recorded-answers.ts';

export const replayModel = 'replay';

const maxRequestBytes = 8 * 2 ** 20;

type ErrorBody = { error: { message: string; type: string; param: string | null; code: string | null } };

/** An answer cut into its tokens, which for this server are words with the space before them. */
type Answer = { tokens: string[]; finishReason: 'stop' | 'length'; promptTokens: number };

/**
 * The embedded policy: an app that speaks the chat completions API and answers from the recorded completions of
 * `tasks`. It finds the task by the first message of the user, and chooses by the request's `seed` and the number of
 * answers so far, so that it says the same to the same request every time.
 */
export function createReplayApp(tasks: Iterable<Task>): Hono {
  const answers = new RecordedAnswers(tasks);
  const app = new Hono();
  app.onError((thrown, c) => c.json(errorBody(thrown.message, 'server_error'), 500));
  app.notFound((c) =>
    c.json(errorBody(`no route ${c.req.method} ${c.req.path}`, 'invalid_request_error'), 404),
  );
  app.get('/health', (c) => c.json({ status: 'ok' }));
  app.get('/v1/models', (c) => c.json({ object: 'list', data: [modelCard] }));
  app.post('/v1/chat/completions', async (c) => {
    const text = await requestText(c.req.raw, maxRequestBytes);
    if (text === undefined) return c.json(errorBody('the body is too large'), 413);
    const parsed = chatRequestSchema.safeParse(jsonIn(text));
    if (!parsed.success) return c.json(invalid(parsed.error), 400);
    const request = parsed.data;
    if (request.model !== replayModel) return c.json(noSuchModel(request.model), 404);
    const answer = answerTo(answers, request);
    if (!answer) return c.json(noSuchTask(), 404);
    if (!request.stream) return c.json(wholeAnswer(answer));
    return streamSSE(c, async (stream) => {
      for (const chunk of chunksOf(answer)) await stream.writeSSE({ data: JSON.stringify(chunk) });
      await stream.writeSSE({ data: '[DONE]' });
    });
  });
  return app;
}

const modelCard = { id: replayModel, object: 'model', created: 0, owned_by: 'assay' };

function answerTo(answers: RecordedAnswers, request: ChatRequest): Answer | undefined {
  const prompt = firstText(request, 'user');
  const turn = request.messages.filter(({ role }) => role === 'assistant').length;
  const text = answers.find(prompt, request.seed ?? 0, turn);
  if (text === undefined) return undefined;
  const tokens = tokensOf(text);
  const most = request.max_completion_tokens ?? request.max_tokens ?? Number.POSITIVE_INFINITY;
  const finishReason = tokens.length > most ? 'length' : 'stop';
  return { tokens: tokens.slice(0, most), finishReason, promptTokens: tokensOf(prompt).length };
}

function tokensOf(text: string): string[] {
  return text.match(/\s*\S+|\s+$/g) ?? [];
}

function wholeAnswer({ tokens, finishReason, promptTokens }: Answer): object {
  const message = { role: 'assistant', content: tokens.join('') };
  const usage = {
    prompt_tokens: promptTokens,
    completion_tokens: tokens.length,
    total_tokens: promptTokens + tokens.length,
  };
  const choices = [{ index: 0, message, finish_reason: finishReason }];
  return { ...frame('chat.completion'), choices, usage };
}

function chunksOf({ tokens, finishReason }: Answer): object[] {
  const chunk = (delta: object, finish_reason: string | null) => ({
    ...frame('chat.completion.chunk'),
    choices: [{ index: 0, delta, finish_reason }],
  });
  const texts = tokens.map((content) => chunk({ content }, null));
  return [chunk({ role: 'assistant', content: '' }, null), ...texts, chunk({}, finishReason)];
}

function frame(object: string): object {
  return { id: 'chatcmpl-replay', object, created: 0, model: replayModel };
}

function errorBody(message: string, type = 'invalid_request_error', code: string | null = null): ErrorBody {
  return { error: { message, type, param: null, code } };
}

function invalid(error: z.ZodError): ErrorBody {
  const body = errorBody(z.prettifyError(error).replaceAll(/\s*\n\s*/g, ' '));
  return { error: { ...body.error, param: error.issues[0]?.path.join('.') || null } };
}

function noSuchModel(model: string): ErrorBody {
  return errorBody(`no model "${model}", only "${replayModel}"`, 'invalid_request_error', 'model_not_found');
}

function noSuchTask(): ErrorBody {
  const message =
    'the first message of the user is not the prompt of a task that this server was started with';
  return errorBody(message, 'invalid_request_error', 'task_not_found');
}
