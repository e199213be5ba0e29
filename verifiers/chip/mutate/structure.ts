import type { Token } from '../verilog/tokens.ts';

/** A stretch of tokens: from the index `from` up to but not including `to`. */
export type Span = { from: number; to: number };

/** How a statement comes to run. */
type Timing = 'continuous' | 'clocked' | 'combinational' | 'initial' | 'constant';

/** Something that takes a value: `target operator value`. `whole` ends with its semicolon. */
export type Assignment = {
  target: Span;
  /** Index of `=`, `<=` or their like. */
  operator: number;
  value: Span;
  whole: Span;
  timing: Timing;
  /** Declared and given its value at once. */
  isDeclaration: boolean;
  /** Within the branch that a reset takes. */
  isReset: boolean;
};

/** An `if`, with the spans of the statements in its branches. */
export type Choice = { at: number; condition: Span; taken: Span; otherwise?: Span; timing: Timing };

/** One arm of a `case`; `labels` is absent for the default. */
export type Arm = { labels?: Span; body: Span; whole: Span; hasDefault: boolean };

/** An `always` block with a list of events. `reset` is the condition of a reset that comes first in it. */
export type Clocked = { events: Span; reset?: Span };

/** Names that a module declares alike. `range` is the text between the brackets, empty for one bit. */
export type Declaration = {
  module: number;
  names: Token[];
  range: string;
  /** The brackets with what is between them. */
  rangeSpan?: Span;
  /** Index of `signed`. */
  signed?: number;
  isPort: boolean;
};

/** What a mutator needs to know of a design, in the order of its text. */
export type Structure = {
  assignments: Assignment[];
  choices: Choice[];
  arms: Arm[];
  clocked: Clocked[];
  /** The `initial` blocks, whole. */
  initials: Span[];
  declarations: Declaration[];
  /** Whatever is an expression and stands in no assignment: conditions, selectors, what a function returns. */
  expressions: Span[];
  /** Where each module begins. */
  modules: number[];
};

type Context = { timing: Timing; isReset: boolean };
type State = { tokens: Token[]; pairs: Int32Array; at: number; resetAt: number; found: Structure };
type Reader = (state: State, context: Context) => void;

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
  const state: State = { tokens, pairs, at: 0, resetAt: -1, found };
  while (state.at < tokens.length) item(state, { timing: 'continuous', isReset: false });
  return found;
}

const text = ({ tokens }: State, at: number) => tokens[at]?.text ?? '';

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

const declares = new Set(
  [
    'input output inout wire tri logic reg bit byte int integer shortint longint signed unsigned var genvar',
    'localparam parameter typedef enum struct const automatic static time supply0 supply1',
  ].flatMap((line) => line.split(' ')),
);

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

/** The index of the semicolon that ends what starts at `at`, or of the end of the text. */
function semicolon(state: State, at: number): number {
  return next(state, at, (word) => word === ';');
}

/** The first place from `at` on, outside brackets, whose text is `wanted`. */
function next({ tokens, pairs }: State, at: number, wanted: (word: string) => boolean): number {
  let place = at;
  while (place < tokens.length && !wanted(tokens[place]?.text ?? '')) {
    const pair = pairs[place] ?? -1;
    place = pair > place ? pair + 1 : place + 1;
  }
  return place;
}

/** Takes the parentheses at the place, and answers what is between them. */
function parenthesised(state: State): Span | undefined {
  const end = text(state, state.at) === '(' ? (state.pairs[state.at] ?? -1) : -1;
  if (end < 0) return undefined;
  const inside = { from: state.at + 1, to: end };
  state.at = end + 1;
  return inside;
}

function header(state: State): void {
  const end = semicolon(state, state.at);
  const module = state.found.modules.push(state.at) - 1;
  const close = end - 1;
  const open = text(state, close) === ')' ? (state.pairs[close] ?? -1) : -1;
  if (open > state.at) portNames(state, { from: open + 1, to: close }, module);
  state.at = end + 1;
}

/** The names in the list of a module's ports; a name without type of its own is as the one before it. */
function portNames(state: State, list: Span, module: number): void {
  let port: Declaration | undefined;
  for (const part of splitAt(state, list, ',')) {
    const first = state.tokens[part.from];
    const isTyped = part.to - part.from > 1 && text(state, part.from + 1) !== '=';
    if (isTyped || !port) {
      port = { ...typeOf(state, part), module, names: [], isPort: true };
      state.found.declarations.push(port);
    }
    const name = isTyped ? lastName(state, part) : first;
    if (name) port.names.push(name);
  }
}

/** The parts of a span between separators that stand outside brackets. */
export function splitAt(
  { tokens, pairs }: Pick<State, 'tokens' | 'pairs'>,
  span: Span,
  ...separators: string[]
): Span[] {
  const parts: Span[] = [];
  let from = span.from;
  for (let at = span.from; at < span.to; at += 1) {
    const pair = pairs[at] ?? -1;
    if (pair > at) at = pair;
    else if (separators.includes(tokens[at]?.text ?? '')) {
      parts.push({ from, to: at });
      from = at + 1;
    }
  }
  return [...parts, { from, to: span.to }].filter((part) => part.to > part.from);
}

type Typed = Pick<Declaration, 'range' | 'rangeSpan' | 'signed'>;

/** The packed range and the sign in front of a name. */
function typeOf(state: State, span: Span): Typed {
  const end = Math.min(
    next(state, span.from, (word) => word === '=' || word === ','),
    span.to,
  );
  const open = range(span.from, end).find((at) => text(state, at) === '[');
  const close = open === undefined ? -1 : (state.pairs[open] ?? -1);
  const signed = range(span.from, end).find((at) => text(state, at) === 'signed');
  // Brackets behind the name are those of an array.
  const isPacked = open !== undefined && close > open && !isName(state, open - 1);
  const inside = isPacked ? state.tokens.slice(open + 1, close).map((token) => token.text) : [];
  const isArray = isPacked && text(state, close + 1) === '[';
  return {
    range: isArray ? `array at ${open}` : inside.join(''),
    ...(isPacked && !isArray && { rangeSpan: { from: open, to: close + 1 } }),
    ...(signed !== undefined && { signed }),
  };
}

const range = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from) }, (_, step) => from + step);

function isName(state: State, at: number): boolean {
  return state.tokens[at]?.kind === 'word' && !declares.has(text(state, at));
}

/** The name that a part of a list declares; none where it declares an array. */
function lastName(state: State, part: Span): Token | undefined {
  const end = Math.min(
    next(state, part.from, (word) => word === '='),
    part.to,
  );
  const name = state.tokens[end - 1];
  return name?.kind === 'word' && !declares.has(name.text) ? name : undefined;
}

function declaration(state: State, context: Context): void {
  const from = state.at;
  const end = semicolon(state, from);
  const module = state.found.modules.length - 1;
  const words = range(from, end).map((at) => text(state, at));
  const isConstant = ['localparam', 'parameter', 'typedef', 'genvar'].includes(words[0] ?? '');
  const parts = splitAt(state, { from, to: end }, ',');
  const names = parts.flatMap((part) => lastName(state, part) ?? []);
  const isPort = ['input', 'output', 'inout'].includes(words[0] ?? '');
  if (!isConstant && module >= 0 && names.length > 0)
    state.found.declarations.push({ ...typeOf(state, { from, to: end }), module, names, isPort });
  const timing = isConstant ? 'constant' : context.timing;
  for (const part of parts) initialiser(state, part, { whole: { from, to: end + 1 }, timing });
  state.at = end + 1;
}

function initialiser(state: State, part: Span, { whole, timing }: { whole: Span; timing: Timing }): void {
  const operator = next(state, part.from, (word) => word === '=');
  if (operator >= part.to) return;
  const target = { from: operator - 1, to: operator };
  const value = { from: operator + 1, to: part.to };
  state.found.assignments.push({
    target,
    operator,
    value,
    whole,
    timing,
    isDeclaration: true,
    isReset: false,
  });
}

const assigns = /^(?:=|<=|\+=|-=|\*=|\/=|%=|&=|\|=|\^=|<<=|>>=|<<<=|>>>=)$/;

/** An assignment, or whatever else ends with a semicolon. */
function simple(state: State, { timing, isReset }: Context): void {
  const from = state.at;
  const end = semicolon(state, from);
  const whole = { from, to: end + 1 };
  for (const part of splitAt(state, { from, to: end }, ',')) {
    const operator = next(state, part.from, (word) => assigns.test(word));
    if (operator >= part.to || operator === part.from) continue;
    const target = { from: part.from, to: operator };
    const value = { from: operator + 1, to: part.to };
    state.found.assignments.push({ target, operator, value, whole, timing, isDeclaration: false, isReset });
  }
  state.at = end + 1;
}

function block(state: State): void {
  const from = state.at;
  const word = text(state, from);
  state.at += 1;
  const events = eventsOf(state);
  const isClocked = events !== undefined && range(events.from, events.to).some((at) => isEdge(state, at));
  const timing = word === 'initial' ? 'initial' : isClocked ? 'clocked' : 'combinational';
  if (isClocked && events) {
    const reset = resetOf(state, events);
    state.resetAt = reset ? reset.from - 2 : -1;
    state.found.clocked.push({ events, ...(reset && { reset }) });
  }
  item(state, { timing, isReset: false });
  if (word === 'initial') state.found.initials.push({ from, to: state.at });
}

const isEdge = (state: State, at: number) => /^(pos|neg)edge$/.test(text(state, at));

/** Takes `@(...)` or `@*`, and answers the events. */
function eventsOf(state: State): Span | undefined {
  if (text(state, state.at) !== '@') return undefined;
  state.at += 1;
  const inside = parenthesised(state);
  if (!inside) state.at += 1;
  return inside;
}

/** The condition of an `if` that comes first in a block, where it reads as a reset. */
function resetOf(state: State, events: Span): Span | undefined {
  let at = state.at;
  if (text(state, at) === 'begin') at += text(state, at + 1) === ':' ? 3 : 1;
  if (text(state, at) !== 'if' || text(state, at + 1) !== '(') return undefined;
  const condition = { from: at + 2, to: state.pairs[at + 1] ?? -1 };
  const names = state.tokens.slice(condition.from, condition.to).filter(({ kind }) => kind === 'word');
  const [name] = names;
  if (!name || names.length > 1 || condition.to - condition.from > 2) return undefined;
  const isEvent = range(events.from, events.to).some((place) => text(state, place) === name.text);
  return isEvent || /rst|reset|clear|clr/i.test(name.text) ? condition : undefined;
}

function group(state: State, context: Context): void {
  state.at += 1;
  label(state);
  while (state.at < state.tokens.length && text(state, state.at) !== 'end') item(state, context);
  state.at += 1;
  label(state);
}

function label(state: State): void {
  if (text(state, state.at) === ':') state.at += 2;
}

function choice(state: State, context: Context): void {
  const at = state.at;
  state.at += 1;
  const condition = parenthesised(state);
  if (!condition) return;
  state.found.expressions.push(condition);
  const node: Choice = { at, condition, taken: { from: 0, to: 0 }, timing: context.timing };
  state.found.choices.push(node);
  node.taken = body(state, { ...context, isReset: context.isReset || state.resetAt === at });
  if (text(state, state.at) !== 'else') return;
  state.at += 1;
  node.otherwise = body(state, context);
}

/** Takes one statement, and answers its span. */
function body(state: State, context: Context): Span {
  const from = state.at;
  item(state, context);
  return { from, to: state.at };
}

function cases(state: State, context: Context): void {
  state.at += 1;
  const subject = parenthesised(state);
  if (subject) state.found.expressions.push(subject);
  if (text(state, state.at) === 'inside') state.at += 1;
  const arms: Arm[] = [];
  while (state.at < state.tokens.length && text(state, state.at) !== 'endcase')
    arms.push(arm(state, context));
  state.at += 1;
  const hasDefault = arms.some(({ labels }) => !labels);
  state.found.arms.push(...arms.map((one) => ({ ...one, hasDefault })));
}

function arm(state: State, context: Context): Arm {
  const from = state.at;
  const isDefault = text(state, from) === 'default';
  const colon = next(state, from, (word) => word === ':' || word === ';' || word === 'endcase');
  const labels = { from, to: colon };
  state.at = isDefault && text(state, from + 1) !== ':' ? from + 1 : colon + 1;
  const node = body(state, context);
  const whole = { from, to: state.at };
  return { body: node, whole, hasDefault: false, ...(!isDefault && { labels }) };
}

function loop(state: State, context: Context): void {
  state.at += 1;
  parenthesised(state);
  item(state, context);
}

function routine(state: State): void {
  const closer = `end${text(state, state.at)}`;
  state.at = semicolon(state, state.at) + 1;
  while (state.at < state.tokens.length && text(state, state.at) !== closer)
    item(state, { timing: 'combinational', isReset: false });
  state.at += 1;
  label(state);
}
