import type { Context } from 'hono';

/** What the handlers of one request hand to its log line: ids and outcomes, never texts of a policy. */
export type RequestFacts = Record<string, string | number | boolean | null>;

/** The type of the app's context: what hono's handlers and middleware find in `c.get`. */
export type AppEnv = { Variables: { requestId: string; facts: RequestFacts } };
export type AppContext = Context<AppEnv>;

/** Adds to the request's log line. */
export function note(c: AppContext, facts: RequestFacts): void {
  Object.assign(c.get('facts'), facts);
}
