import { AssayError } from '../verifiers/errors.ts';
import { Problem } from './problem.ts';

/**
 * The text of a request's body. Hono's own limit makes a second request of one that does not tell its length, which
 * the requests of its Node adapter do not allow.
 *
 * Errors: `BODY_TOO_LARGE` as soon as it is known, `CANCELLED` when the client goes away in the middle.
 */
export async function readText(request: Request, maxBytes: number): Promise<string> {
  if (Number(request.headers.get('content-length')) > maxBytes) throw tooLarge(maxBytes);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunksOf(request)) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

async function* chunksOf({ body }: Request): AsyncGenerator<Uint8Array> {
  if (body === null) return;
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } catch (cause) {
    throw new AssayError('CANCELLED', 'the client went away before it had sent its body', { cause });
  } finally {
    await reader.cancel().catch(() => {});
  }
}

function tooLarge(maxBytes: number): Problem {
  return new Problem('BODY_TOO_LARGE', `the body is larger than the ${maxBytes} bytes this server takes`);
}
