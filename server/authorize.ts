import { createHash, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from './context.ts';
import { isLoopback } from './loopback.ts';
import { Problem } from './problem.ts';

/**
 * Lets a request pass that carries the token. Where there is none, only one that was sent to a loopback name: a web
 * page whose host name was pointed at this machine stays outside.
 */
export function authorize(token: string | undefined): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    if (token === undefined) refuseForeignHost(c.req.header('host'));
    else refuseWrongToken(c.req.header('authorization'), token);
    await next();
  };
}

function refuseWrongToken(header: string | undefined, token: string): void {
  const [, given] = /^Bearer +(\S+) *$/i.exec(header ?? '') ?? [];
  if (given !== undefined && timingSafeEqual(digest(given), digest(token))) return;
  throw new Problem(
    'TOKEN_REFUSED',
    'this server wants its token in the header "Authorization: Bearer TOKEN"',
  );
}

/** Hashes have one length, so comparing them tells nothing of the token's. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function refuseForeignHost(host: string | undefined): void {
  const url = `http://${host}`;
  if (host !== undefined && URL.canParse(url) && isLoopback(new URL(url).hostname)) return;
  throw new Problem(
    'HOST_REFUSED',
    'without a token this server answers only to localhost and loopback addresses',
  );
}
