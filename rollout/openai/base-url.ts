import { AssayError } from '../../verifiers/errors.ts';

/**
 * The root of an OpenAI-compatible API out of what people have at hand: with or without `/v1`, with a trailing
 * slash, or with the whole path of the completions route. Answers it without a trailing slash.
 *
 * @example
 * parseBaseUrl('http://localhost:8000'); // 'http://localhost:8000/v1'
 */
export function parseBaseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new AssayError(
      'USAGE',
      `--policy takes a base URL such as http://localhost:8000/v1, "replay" or "reference", not "${text}"`,
    );
  }
  refuseSecrets(url);
  const path = url.pathname.replace(/\/+$/, '').replace(/\/(chat\/completions|models)$/, '');
  return `${url.origin}${/\/v\d/.test(path) ? path : `${path}/v1`}`;
}

/** The URL is written to run.json, so nothing secret may stand in it. */
function refuseSecrets(url: URL): void {
  if (!url.username && !url.password && !url.search) return;
  throw new AssayError(
    'USAGE',
    '--policy takes a base URL without user, password or query: it is written to run.json — ' +
      'put the key in ASSAY_POLICY_API_KEY',
  );
}
