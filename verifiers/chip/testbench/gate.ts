import type { Diagnostic } from '../../verdict.ts';
import { maxSourceBytes } from '../verilog/gate.ts';
import { isPureFunction } from '../verilog/gate-rules.ts';
import { findModules } from '../verilog/modules.ts';
import { type Design, preprocess } from '../verilog/preprocess.ts';
import { type Place, refusal } from '../verilog/refusal.ts';
import type { Token } from '../verilog/tokens.ts';
import type { TestbenchSpec } from './spec.ts';

const maxDiagnostics = 20;

/** What a testbench may call beside functions of values: it prints, tells the time, draws numbers and ends. */
const systemTasks = new Set(
  [
    'display displayb displayo displayh write writeb writeo writeh strobe strobeb strobeo strobeh',
    'monitor monitorb monitoro monitorh monitoron monitoroff',
    'finish stop fatal error warning info time stime realtime timeformat sformat sformatf swrite',
    'random urandom urandom_range dist_uniform dist_normal dist_exponential dist_poisson',
  ]
    .flatMap((line) => line.split(' '))
    .map((name) => `$${name}`),
);

/** Words that reach into a design from outside, or outside of the simulation. */
const bans: Record<string, string> = Object.fromEntries(
  'force release defparam bind config primitive specify program checker export extern alias'
    .split(' ')
    .map((word) => [word, 'it reaches where a testbench must not']),
);

/** Methods of queues, arrays, texts and enumerations, which stand behind a dot. */
const methods = new Set(
  [
    'push_back push_front pop_back pop_front size delete insert exists num len getc putc substr toupper tolower',
    'compare atoi atohex atobin itoa hextoa bintoa name next prev first last sum product min max unique reverse sort',
  ].flatMap((line) => line.split(' ')),
);

/** The testbench that passed, or the reasons why none did. */
export type GatedBench = { bench?: Design; diagnostics: Diagnostic[] };

/**
 * Lets through a testbench that knows a design by its ports alone: no files, dumps or arguments, no names that lead into
 * the design, no module in the design's place. Total on any input, and linear in it.
 */
export function gateBench(source: string, spec: TestbenchSpec): GatedBench {
  const start: Place = { line: 1, column: 1 };
  if (Buffer.byteLength(source) > maxSourceBytes) {
    const message = `the testbench is larger than ${maxSourceBytes / 1024} KiB`;
    return { diagnostics: [refusal(start, 'size', message)] };
  }
  const { design: bench, refused } = preprocess(source);
  if (!bench) return { diagnostics: [refused] };
  const { tokens } = bench;
  const diagnostics = [
    ...tokens.flatMap((_, at) => refusedToken(tokens, at) ?? []),
    ...refusedModules(tokens, spec),
  ];
  return diagnostics.length > 0
    ? { diagnostics: diagnostics.slice(0, maxDiagnostics) }
    : { bench, diagnostics };
}

function refusedToken(tokens: Token[], at: number): Diagnostic | undefined {
  const token = tokens[at] as Token;
  const next = tokens[at + 1];
  const { kind, text } = token;
  if (kind === 'system' && !systemTasks.has(text) && !isPureFunction(text))
    return refusal(
      token,
      'system-task',
      `${text} is not accepted in a testbench: it may print, draw numbers and end`,
    );
  if (kind === 'escaped') return refusal(token, 'escaped-name', `escaped names are not accepted: ${text}`);
  if (kind === 'symbol' && text === '##') return refusal(token, 'delay', 'cycle delays are not accepted');
  if (kind === 'symbol' && text === '.' && !isHonestDot(tokens, at))
    return refusedDot(token, tokens[at - 1], next);
  if (kind !== 'word') return undefined;
  const because = Object.hasOwn(bans, text) ? bans[text] : undefined;
  if (because) return refusal(token, 'keyword', `"${text}" is not accepted in a testbench: ${because}`);
  if (text === 'import' && next?.kind === 'string')
    return refusal(token, 'keyword', '"import" of foreign functions is not accepted in a testbench');
  return undefined;
}

/** A named connection, or a method. Members of structures look like names within a design, so they are not told apart. */
function isHonestDot(tokens: Token[], at: number): boolean {
  const [before, name, after] = [tokens[at - 1]?.text, tokens[at + 1], tokens[at + 2]?.text];
  if (before === '(' || before === ',') return name?.kind === 'word' || name?.text === '*';
  return name?.kind === 'word' && methods.has(name.text) && after === '(';
}

function refusedDot(dot: Token, before: Token | undefined, after: Token | undefined): Diagnostic {
  const name = `${before?.text ?? ''}.${after?.text ?? ''}`;
  const allowed = 'a testbench knows a design by its ports; only named connections and methods have a dot';
  return refusal(dot, 'hierarchy', `"${name}" is not accepted: ${allowed}`);
}

function refusedModules(tokens: Token[], { bench, top }: TestbenchSpec): Diagnostic[] {
  const modules = findModules(tokens);
  const own = modules.find(({ name }) => name.text === top);
  const hasBench = modules.some(({ name }) => name.text === bench);
  return [
    ...(own
      ? [refusal(own.name, 'top', `module ${top} is the design: a testbench must not bring its own`)]
      : []),
    ...(hasBench ? [] : [refusal({ line: 1, column: 1 }, 'top', `there is no module ${bench}`)]),
  ];
}
