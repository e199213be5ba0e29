import type { Port } from '../spec.ts';
import { findModules } from './modules.ts';
import type { Token } from './tokens.ts';

const directions = new Set(['input', 'output']);
const kinds = new Set('wire logic reg tri bit signed unsigned var integer'.split(' '));

/**
 * The ports of a module as its text declares them, for a design that the installed compiler cannot elaborate. Widths
 * are read where they are plain numbers, and are 1 elsewhere.
 */
export function headerPorts(tokens: readonly Token[], top: string): Port[] {
  const module = findModules([...tokens]).find(({ name }) => name.text === top);
  if (!module) return [];
  const ports = new Map<string, Port>();
  let at = module.start;
  while (at < module.end) {
    const direction = tokens[at]?.text ?? '';
    at += 1;
    if (directions.has(direction)) at = declared(tokens, at, direction as Port['direction'], ports);
  }
  return [...ports.values()];
}

/** Takes in the names behind a direction, up to what is no name; returns where that stands. */
function declared(
  tokens: readonly Token[],
  start: number,
  direction: Port['direction'],
  ports: Map<string, Port>,
): number {
  let at = start;
  let width = 1;
  while (kinds.has(tokens[at]?.text ?? '')) at += 1;
  if (tokens[at]?.text === '[') {
    width = Math.abs(Number(tokens[at + 1]?.text) - Number(tokens[at + 3]?.text)) + 1 || 1;
    while (at < tokens.length && tokens[at]?.text !== ']') at += 1;
    at += 1;
  }
  while (tokens[at]?.kind === 'word' && !directions.has(tokens[at]?.text ?? '')) {
    const name = tokens[at]?.text ?? '';
    ports.set(name, { name, direction, width });
    at += tokens[at + 1]?.text === ',' ? 2 : 1;
  }
  return at;
}
