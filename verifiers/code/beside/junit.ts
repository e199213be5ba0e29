import type { Reported } from './reported.ts';

const attribute = /(?<![\w:-])([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
/** The rest of a tag, up to its end. */
const tagEnd = /(?:[^>"']|"[^"]*"|'[^']*')*>/y;
const opening = '<testcase';
const closing = '</testcase>';

/**
 * The tests of a JUnit report: `classname.name` of each `testcase`, which has passed unless something else stands in it.
 * What comes after a `testcase` without an end is not read, so that no report takes long.
 */
export function readJunit(text: string): Reported[] {
  const tests: Reported[] = [];
  for (let at = text.indexOf(opening); at >= 0; at = text.indexOf(opening, at)) {
    tagEnd.lastIndex = at + opening.length;
    const [tag] = tagEnd.exec(text) ?? [];
    if (tag === undefined) break;
    at += opening.length + tag.length;
    const end = tag.endsWith('/>') ? at : text.indexOf(closing, at);
    if (end < 0) break;
    tests.push(reported(tag, text.slice(at, end)));
    at = end;
  }
  return tests;
}

function reported(tag: string, body: string): Reported {
  const attributes = attributesOf(tag);
  const name = [attributes.get('classname'), attributes.get('name')].filter(Boolean).join('.');
  const [, kind, words] = /<(failure|error|skipped)\b([\s\S]*)/.exec(body) ?? [];
  const outcome = kind === undefined ? 'passed' : kind === 'skipped' ? 'skipped' : 'failed';
  return { name, outcome, ...(words && { words: unescaped(words.slice(0, longestWords).trim()) }) };
}

const longestWords = 4000;

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
  text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{1,8}));/gi, (whole, decimal, hex, name) => {
    const point = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : undefined;
    if (point !== undefined) return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    return entities.get(name) ?? whole;
  });
