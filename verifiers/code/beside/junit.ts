import type { Reported } from './reported.ts';

const testCase = /<testcase\b((?:[^>"']|"[^"]*"|'[^']*')*?)(?:\/>|>([\s\S]*?)<\/testcase>)/g;
const attribute = /([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** The tests of a JUnit report: `classname.name` of each `testcase`, which has passed unless something else stands in it. */
export function readJunit(text: string): Reported[] {
  return [...text.matchAll(testCase)].map(([, attributes = '', body = '']) => {
    const found = attributesOf(attributes);
    const name = [found.get('classname'), found.get('name')].filter(Boolean).join('.');
    const [, kind, words] = /<(failure|error|skipped)\b([\s\S]*)/.exec(body) ?? [];
    const outcome = kind === undefined ? 'passed' : kind === 'skipped' ? 'skipped' : 'failed';
    return { name, outcome, ...(words && { words: unescaped(words.trim()) }) };
  });
}

function attributesOf(text: string): Map<string, string> {
  return new Map([...text.matchAll(attribute)].map(([, name = '', a, b]) => [name, unescaped(a ?? b ?? '')]));
}

const entities = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

const unescaped = (text: string) =>
  text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
    const point = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : undefined;
    if (point !== undefined) return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    return entities.get(name) ?? whole;
  });
