import type { Token } from '../../verilog/tokens.ts';
import { declaration, declares, header } from './declarations.ts';
import { type Context, type Reader, type State, semicolon, text } from './state.ts';
import { block, cases, choice, group, loop, routine, simple } from './statements.ts';
import type { Structure } from './structure.ts';

/**
 * Finds the statements of a design by a walk over its tokens. Total: what it does not know it passes over up to the next
 * semicolon, so a design with constructs of other kinds only offers less to change.
 */
export function readStructure(tokens: Token[], pairs: Int32Array): Structure {
  const found: Structure = {
    assignments: [],
    choices: [],
    arms: [],
    clocked: [],
    initials: [],
    declarations: [],
    expressions: [],
    modules: [],
  };
  const state: State = { tokens, pairs, at: 0, resetAt: -1, found, item };
  while (state.at < tokens.length) item(state, { timing: 'continuous', isReset: false });
  return found;
}

/** Reads one statement or item of a module; always comes further. */
function item(state: State, context: Context): void {
  const before = state.at;
  const word = text(state, state.at);
  const reader = Object.hasOwn(readers, word) ? readers[word] : undefined;
  if (reader) reader(state, context);
  else if (declares.has(word) || namesType(state)) declaration(state, context);
  else simple(state, context);
  if (state.at === before) state.at += 1;
}

/** `state_t state;`, `state_t [1:0] states;`, but also `adder add (...)`, which takes no value. */
function namesType(state: State): boolean {
  const [first, second] = [state.tokens[state.at], state.tokens[state.at + 1]];
  return first?.kind === 'word' && second?.kind === 'word' && !Object.hasOwn(readers, second.text);
}

const skip: Reader = (state) => {
  state.at += 1;
};
const skipStatement: Reader = (state) => {
  state.at = semicolon(state, state.at) + 1;
};

const readers: Record<string, Reader> = {
  module: header,
  macromodule: header,
  interface: header,
  package: header,
  always: block,
  always_ff: block,
  always_comb: block,
  always_latch: block,
  initial: block,
  assign: (state, context) => {
    state.at += 1;
    simple(state, context);
  },
  begin: group,
  if: choice,
  case: cases,
  casez: cases,
  casex: cases,
  for: loop,
  while: loop,
  repeat: loop,
  function: routine,
  task: routine,
  return: (state) => {
    const end = semicolon(state, state.at);
    state.found.expressions.push({ from: state.at + 1, to: end });
    state.at = end + 1;
  },
  forever: skip,
  unique: skip,
  unique0: skip,
  priority: skip,
  generate: skip,
  endgenerate: skip,
  end: skip,
  endmodule: skip,
  endcase: skip,
  endfunction: skip,
  endtask: skip,
  else: skip,
  import: skipStatement,
  disable: skipStatement,
};
