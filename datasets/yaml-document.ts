import { type Document, isMap, isNode, isPair, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import type { FieldPath } from './problem.ts';

/** A place in a text; both count from 1. */
export type Position = { line: number; column: number };

type PlacedProblem = { position: Position; message: string };

/** A parsed YAML text that still knows where its parts stood. */
export type YamlDocument = {
  /** Absent when the text could not be read at all. */
  value?: unknown;
  problems: PlacedProblem[];
  /** Where the field stands, or the nearest thing around it that is there. */
  positionOf(field: FieldPath): Position;
};

/** Aliases are resolved at most so often in one file, against texts that grow without end. */
const maxAliasCount = 100;

/** Reads one YAML 1.2 document; what is wrong with it is data. A warning (an unknown tag, say) is a problem too. */
export function readYaml(text: string): YamlDocument {
  const lines = new LineCounter();
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
    const positionOf = (field: FieldPath) => at(offsetOf(document.contents, field));
    const faults = syntaxProblems(document, at);
    if (faults.length > 0) return { problems: faults, positionOf };
    const value = document.toJS({ maxAliasCount }) ?? undefined;
    const empty = value === undefined ? [{ position: start, message: 'is empty' }] : [];
    return { value, problems: [...empty, ...unfaithfulNumbers(document, at)], positionOf };
  } catch (thrown) {
    // Aliases are resolved last, and what is wrong with them is thrown; so is a nesting beyond measure.
    const { message } = thrown as Error;
    return { problems: [{ position: start, message: inPlainWords(message) }], positionOf: () => start };
  }
}

const start: Position = { line: 1, column: 1 };

function syntaxProblems(document: Document, at: (offset: number) => Position): PlacedProblem[] {
  const faults = [...document.errors, ...document.warnings];
  const problems = faults.map(({ pos, message }) => ({
    position: at(pos[0]),
    message: inPlainWords(message),
  }));
  // A parser that was overrun complains of every level.
  const tooDeep = problems.find(({ message }) => message === 'is nested too deeply');
  return tooDeep ? [tooDeep] : problems;
}

/** The parser's messages that speak to programmers, in words for authors. */
const plainWords: { pattern: RegExp; words: string }[] = [
  { pattern: /^Excessive alias/, words: 'has too many aliases' },
  { pattern: /call stack/, words: 'is nested too deeply' },
  { pattern: /multiple documents/, words: 'a second document starts: keep one task in a file' },
  { pattern: /^Map keys must be unique/, words: 'this field is given twice' },
];

function inPlainWords(message: string): string {
  return plainWords.find(({ pattern }) => pattern.test(message))?.words ?? message;
}

/**
 * Numbers that would arrive as another value: `2.0` in a test case is read as the whole number 2, and whole numbers
 * past 2^53 lose digits.
 */
function unfaithfulNumbers(document: Document, at: (offset: number) => Position): PlacedProblem[] {
  const problems: PlacedProblem[] = [];
  visit(document, {
    Scalar(_key, { value, source = '', range }, ancestors) {
      if (typeof value !== 'number' || !Number.isInteger(value)) return;
      const hidesFloat = /^[-+\d.eE]+$/.test(source) && /[.eE]/.test(source) && isInCases(ancestors);
      const message = hidesFloat ? losesItsPoint(source, value) : losesDigits(source, value);
      if (message) problems.push({ position: at(range?.[0] ?? 0), message });
    },
  });
  return problems;
}

function losesItsPoint(source: string, value: number): string {
  return `${source} loses its point: write {$float: "${source}"}, or ${value} for the whole number`;
}

function losesDigits(source: string, value: number): string | undefined {
  if (Number.isSafeInteger(value)) return undefined;
  return `${source} loses digits: write {$int: "..."} in a test case, and a level of a port in quotes`;
}

function isInCases(ancestors: readonly unknown[]): boolean {
  return ancestors.some((node) => isPair(node) && isScalar(node.key) && node.key.value === 'cases');
}

function offsetOf(root: unknown, field: FieldPath): number {
  let node = root;
  let offset = isNode(root) ? (root.range?.[0] ?? 0) : 0;
  for (const part of field) {
    const pair = isMap(node) ? node.items.find(({ key }) => isScalar(key) && key.value === part) : undefined;
    const next = pair ? pair.value : isNode(node) && 'get' in node ? node.get(part, true) : undefined;
    const place = isNode(pair?.key) ? pair.key : next;
    if (!isNode(place) || !place.range) break;
    offset = place.range[0];
    node = next;
  }
  return offset;
}
