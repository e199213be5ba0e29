import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a server does with one request. */
export type Behaviour = (response: ServerResponse, request: SeenRequest) => void | Promise<void>;

export type SeenRequest = { method: string; url: string; headers: IncomingMessage['headers']; body: string };

export type ScriptedServer = { url: string; seen: SeenRequest[]; close(): Promise<void> };

/** A real HTTP server on loopback that meets each request with the next behaviour; the last one stays. */
export async function scriptedServer(...behaviours: Behaviour[]): Promise<ScriptedServer> {
  const seen: SeenRequest[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = '', url = '', headers } = request;
    const current = { method, url, headers, body: Buffer.concat(chunks).toString() };
    seen.push(current);
    await behaviours[Math.min(seen.length, behaviours.length) - 1]?.(response, current);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server has an AddressInfo.
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { url: `http://127.0.0.1:${port}`, seen, close };
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Behaviour {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };
}

export function text(body: string, status = 200): Behaviour {
  return (response) => {
    response.writeHead(status, { 'content-type': 'text/html' }).end(body);
  };
}

/** Takes the request and closes the connection without a word. */
export const reset: Behaviour = (response) => {
  response.socket?.resetAndDestroy();
};

/** Sends the head of an answer and half of its body. */
export const breakOff: Behaviour = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
  response.write('{"choices": [', () => response.socket?.destroy());
};

export const silence: Behaviour = () => {};

/** A good answer whose message holds `content`. */
export function says(content: string, more: { choice?: object; body?: object } = {}): Behaviour {
  return json(chatAnswer({ role: 'assistant', content }, more));
}

export function chatAnswer(
  message: object,
  { choice, body }: { choice?: object; body?: object } = {},
): object {
  return {
    id: 'x',
    object: 'chat.completion',
    model: 'small',
    choices: [{ index: 0, message, finish_reason: 'stop', ...choice }],
    ...body,
  };
}
