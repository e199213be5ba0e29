import { expect, it } from 'vitest';
import { isLoopback } from '../../server/loopback.ts';

it.each(['localhost', 'LOCALHOST', '127.0.0.1', '127.8.9.1', '::1', '[::1]', '0:0:0:0:0:0:0:1'])(
  'knows that %s is reached from this machine only',
  (host) => expect(isLoopback(host)).toBe(true),
);

it.each(['0.0.0.0', '::', '10.0.0.1', 'example.org', 'localhost.example.org', '127.0.0.1.example.org', ''])(
  'knows that %s can be reached from elsewhere',
  (host) => expect(isLoopback(host)).toBe(false),
);
