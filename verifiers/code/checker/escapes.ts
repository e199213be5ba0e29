import { findComments, type Range } from './comments.ts';
import type { Escape } from './question.ts';
import { type Finding, type Node, SyntaxKind } from './typescript-api.ts';

/** The nodes of the syntax tree that are escapes from the type system. */
const nodeEscapes: readonly NodeEscape[] = [
  { kind: SyntaxKind.AnyKeyword, code: 'any', message: 'the type "any" is not allowed here' },
  {
    kind: SyntaxKind.AsExpression,
    code: 'assertion',
    message: 'assertions are not allowed here',
    unless: /\bas\s+const$/,
  },
  {
    kind: SyntaxKind.TypeAssertionExpression,
    code: 'assertion',
    message: 'assertions are not allowed here',
    unless: /^<\s*const\s*>/,
  },
  {
    kind: SyntaxKind.NonNullExpression,
    code: 'non-null',
    message: 'non-null assertions are not allowed here',
  },
  {
    kind: SyntaxKind.ExclamationToken,
    code: 'non-null',
    message: 'definite assignments are not allowed here',
  },
  { kind: SyntaxKind.DeclareKeyword, code: 'declare', message: '"declare" is not allowed here' },
];

type NodeEscape = { kind: SyntaxKind; code: Escape; message: string; unless?: RegExp };

const literalKinds: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.StringLiteral,
  SyntaxKind.NoSubstitutionTemplateLiteral,
  SyntaxKind.TemplateHead,
  SyntaxKind.TemplateMiddle,
  SyntaxKind.TemplateTail,
  SyntaxKind.RegularExpressionLiteral,
]);

/** Finds the escapes from the type system that a task forbids, in the syntax tree and the comments of a source. */
export function findEscapes(source: string, tree: Node, forbid: readonly Escape[]): Finding[] {
  const forbidden = new Map(
    nodeEscapes.filter(({ code }) => forbid.includes(code)).map((row) => [row.kind, row]),
  );
  const literals: Range[] = [];
  const findings: Finding[] = [];
  const visit = (node: Node): void => {
    if (literalKinds.has(node.kind)) literals.push({ start: node.getStart(), end: node.end });
    const row = forbidden.get(node.kind);
    if (row && !row.unless?.test(source.slice(node.getStart(), node.end))) {
      findings.push({ severity: 'error', message: row.message, code: row.code, start: node.getStart() });
    }
    node.forEachChild(visit);
  };
  visit(tree);
  return forbid.includes('ts-comments') ? [...findings, ...commentEscapes(source, literals)] : findings;
}

const directive = /^[\s/*]*@ts-(?:ignore|expect-error|nocheck)\b/;

function commentEscapes(source: string, literals: Range[]): Finding[] {
  return findComments(source, literals).flatMap(({ start, end }) => {
    const lines = source.slice(start, end).split('\n');
    const used = lines.find((line) => directive.test(line));
    if (used === undefined) return [];
    const message = `comments that silence the type checker are not allowed here: ${used.trim().slice(0, 60)}`;
    return [{ severity: 'error', message, code: 'ts-comments', start }];
  });
}
