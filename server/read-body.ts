import type { ZodType } from 'zod';
import type { AppContext } from './context.ts';
import type { ServerLimits } from './limits.ts';
import { Problem } from './problem.ts';
import { readText } from './read-text.ts';

/**
 * The body of a request, at most `bodyBytes` long, checked against `schema`.
 *
 * Errors: `CONTENT_TYPE_REFUSED`, `BODY_TOO_LARGE`, `JSON_INVALID`, and `BODY_INVALID` that names each field and what it should be.
 */
export async function readBody<Body>(
  c: AppContext,
  schema: ZodType<Body>,
  { bodyBytes }: Pick<ServerLimits, 'bodyBytes'>,
): Promise<Body> {
  const type = c.req.header('content-type');
  if (!/^application\/json *(;|$)/i.test(type ?? '')) {
    throw new Problem('CONTENT_TYPE_REFUSED', `the body must be application/json, not ${type ?? 'untyped'}`);
  }
  const parsed = schema.safeParse(parseJson(await readText(c.req.raw, bodyBytes)));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
  throw new Problem('BODY_INVALID', faults.join('; '));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // The parser's own message repeats the text, which may be long.
    const place = /at position \d+( \(line \d+ column \d+\))?/.exec(String(error))?.[0] ?? 'at its end';
    throw new Problem('JSON_INVALID', `the body is not JSON: the fault lies ${place}`);
  }
}
