import {
  type Context,
  label,
  next,
  parenthesised,
  range,
  type State,
  semicolon,
  splitAt,
  text,
} from './state.ts';
import type { Arm, Choice, Span } from './structure.ts';

const assigns = /^(?:=|<=|\+=|-=|\*=|\/=|%=|&=|\|=|\^=|<<=|>>=|<<<=|>>>=)$/;

/** An assignment, or whatever else ends with a semicolon. */
export function simple(state: State, { timing, isReset }: Context): void {
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

export function block(state: State): void {
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
  state.item(state, { timing, isReset: false });
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

export function group(state: State, context: Context): void {
  state.at += 1;
  label(state);
  while (state.at < state.tokens.length && text(state, state.at) !== 'end') state.item(state, context);
  state.at += 1;
  label(state);
}

export function choice(state: State, context: Context): void {
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
  state.item(state, context);
  return { from, to: state.at };
}

export function cases(state: State, context: Context): void {
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

export function loop(state: State, context: Context): void {
  state.at += 1;
  parenthesised(state);
  state.item(state, context);
}

export function routine(state: State): void {
  const closer = `end${text(state, state.at)}`;
  state.at = semicolon(state, state.at) + 1;
  while (state.at < state.tokens.length && text(state, state.at) !== closer)
    state.item(state, { timing: 'combinational', isReset: false });
  state.at += 1;
  label(state);
}
