import type { Token } from '../../verilog/tokens.ts';

/** A stretch of tokens: from the index `from` up to but not including `to`. */
export type Span = { from: number; to: number };

/** How a statement comes to run. */
export type Timing = 'continuous' | 'clocked' | 'combinational' | 'initial' | 'constant';

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
