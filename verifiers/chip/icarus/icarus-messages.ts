import type { Diagnostic } from '../../verdict.ts';

type Severity = Diagnostic['severity'];

const maxDiagnostics = 40;
const kinds = '(?:vvp\\.tgt )?(error|warning|sorry|syntax error|internal error|assert)';
const placed = new RegExp(`^([^\\s:]+):(\\d+): *(?:${kinds}(?:: *|$))?(.*)$`);
/** Some warnings have a form of their own. */
const placedWarning = /^([^\s:]+):(\d+) Warning: (.*)$/;
const loose = new RegExp(`^${kinds}: *(.*)$`);
const continued = /^\s*: (.*)$/;

const severities: Record<string, Severity> = { warning: 'warning' };

/** Kinds of messages that tell of the compiler, not of the design. */
const toolKinds = new Set(['sorry', 'assert', 'internal error']);

/** Phrases by which the compiler says that it lacks what the language has; its own word is "sorry". */
const unsupported = /sorry|not (?:yet )?supported|not (?:yet )?implemented|unsupported/i;

/**
 * Reads the compiler's messages: `file:line: error: text`, with lines that go on from the one before. `code` is
 * `unsupported` where the tool, not the design, falls short.
 */
export function readIcarusMessages(text: string): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const line of text.split('\n')) {
    const more = continuationOf(line);
    const last = found.at(-1);
    const next = more === undefined ? readMessage(line) : undefined;
    if (more !== undefined && last) last.message += ` ${more}`;
    if (next && !isRepeated(found, next)) found.push(next);
    if (found.length > maxDiagnostics) break;
  }
  return found.slice(0, maxDiagnostics);
}

/** `file:line:      : text` and `     : text` go on from the message before. */
function continuationOf(line: string): string | undefined {
  const rest = /^[^\s:]+:\d+:(\s+:.*)$/.exec(line)?.[1] ?? line;
  return continued.exec(rest)?.[1];
}

function readMessage(line: string): Diagnostic | undefined {
  const [, file, number, kind, text = ''] = placed.exec(line) ?? [];
  if (file !== undefined) return { ...diagnostic(kind ?? 'error', text), file, line: Number(number) };
  const [, where, at, warned = ''] = placedWarning.exec(line) ?? [];
  if (where !== undefined) return { ...diagnostic('warning', warned), file: where, line: Number(at) };
  const [, word, rest = ''] = loose.exec(line) ?? [];
  return word === undefined ? undefined : diagnostic(word, rest);
}

function diagnostic(kind: string, text: string): Diagnostic {
  const severity = severities[kind] ?? 'error';
  const message = text || kind;
  const lacks = severity === 'error' && (toolKinds.has(kind) || unsupported.test(text));
  return { severity, message, ...(lacks && { code: 'unsupported' }) };
}

function isRepeated(found: Diagnostic[], { file, line, message }: Diagnostic): boolean {
  return found.some((other) => other.file === file && other.line === line && other.message === message);
}
