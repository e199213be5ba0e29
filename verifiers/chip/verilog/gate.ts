import type { Diagnostic } from '../../verdict.ts';
import type { ChipSpec } from '../spec.ts';
import { pairBrackets } from './brackets.ts';
import { isDelay } from './delays.ts';
import { banOf, isPureFunction } from './gate-rules.ts';
import { dottedName, honestDots } from './hierarchy.ts';
import { findModules, headerWords } from './modules.ts';
import { type Design, preprocess } from './preprocess.ts';
import { type Place, refusal } from './refusal.ts';
import type { Token } from './tokens.ts';

export const maxSourceBytes = 1 << 20;
const maxDiagnostics = 20;

/** What the gate asks of a design beside its text. */
export type GateSpec = Pick<ChipSpec, 'language' | 'top' | 'ports'>;

/** The design that passed, or the reasons why none did. */
export type Gated = { design?: Design; diagnostics: Diagnostic[] };

/**
 * Lets through a design that stays within itself, and names each place where one does not: system tasks, words that
 * belong to testbenches, delays, names that lead out of the module, a missing top or port.
 *
 * Total on any input; takes time linear in the text.
 */
export function gate(source: string, spec: GateSpec): Gated {
  const start: Place = { line: 1, column: 1 };
  if (Buffer.byteLength(source) > maxSourceBytes) {
    const message = `the design is larger than ${maxSourceBytes / 1024} KiB`;
    return { diagnostics: [refusal(start, 'size', message)] };
  }
  const { design, refused } = preprocess(source);
  if (!design) return { diagnostics: [refused] };
  const diagnostics = [...refusedTokens(design.tokens, spec), ...missingNames(design.tokens, spec)];
  if (diagnostics.length > 0) return { diagnostics: diagnostics.slice(0, maxDiagnostics) };
  return { design, diagnostics };
}

type Judge = (token: Token, at: number) => Diagnostic | undefined;

function refusedTokens(tokens: Token[], spec: GateSpec): Diagnostic[] {
  const pairs = pairBrackets(tokens);
  const isHonestDot = honestDots(tokens, pairs, findModules(tokens));
  const judges: Partial<Record<Token['kind'], Judge>> = {
    word: (token, at) => refusedWord(token, tokens[at + 1], spec.language),
    system: (token) =>
      isPureFunction(token.text)
        ? undefined
        : refusal(
            token,
            'system-task',
            `${token.text} is not accepted: a design may use only functions of values`,
          ),
    escaped: (token) => refusal(token, 'escaped-name', `escaped names are not accepted: ${token.text}`),
    symbol: (token, at) => {
      if (token.text === '.' && !isHonestDot(at)) return refusedDot(token, dottedName(tokens, pairs, at));
      if (token.text === '##') return refusal(token, 'delay', 'cycle delays are not accepted in a design');
      if (token.text !== '#' || !isDelay(tokens, pairs, at)) return undefined;
      return refusal(token, 'delay', 'delays are not accepted in a design; its outputs settle at once');
    },
  };
  return tokens.flatMap((token, at) => judges[token.kind]?.(token, at) ?? []);
}

function refusedWord(
  token: Token,
  next: Token | undefined,
  language: ChipSpec['language'],
): Diagnostic | undefined {
  const because = banOf(token.text, language);
  if (because) return refusal(token, 'keyword', `"${token.text}" is not accepted in a design: ${because}`);
  if (token.text !== 'import' || next?.kind !== 'string') return undefined;
  return refusal(
    token,
    'keyword',
    '"import" of foreign functions is not accepted: it calls code outside the design',
  );
}

function refusedDot(dot: Token, name: string): Diagnostic {
  const allowed =
    'members of variables, nets and ports that the module declares, and names in its own named blocks';
  return refusal(dot, 'hierarchy', `"${name}" leads out of its module; only ${allowed} may follow a dot`);
}

function missingNames(tokens: Token[], { top, ports }: GateSpec): Diagnostic[] {
  const module = findModules(tokens).find(({ name }) => name.text === top);
  if (!module) return [refusal({ line: 1, column: 1 }, 'top', `there is no module ${top}`)];
  const words = headerWords(tokens, module);
  return ports
    .filter((port) => !words.has(port.name))
    .map((port) => refusal(module.name, 'ports', `module ${top} has no port ${port.name}`));
}
