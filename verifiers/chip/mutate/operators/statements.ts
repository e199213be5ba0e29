import type { MutableDesign } from '../design.ts';
import type { Operator } from '../operator.ts';
import type { Assignment } from '../structure/structure.ts';
import { exchange } from './exchange.ts';
import { placesIn } from './places.ts';

/** Statements that run, as against declarations and constants. */
function statementsOf({ structure }: MutableDesign): Assignment[] {
  return structure.assignments.filter(
    ({ isDeclaration, timing }) => !isDeclaration && timing !== 'continuous',
  );
}

const assignmentKinds: Operator = {
  name: 'assignment-kind',
  sites: (design) =>
    statementsOf(design).flatMap(({ operator: at, timing, target, whole }) => {
      if (!isReadLater(design, design.tokens[target.from]?.text, whole.to)) return [];
      const was = design.tokens[at]?.text ?? '';
      const text = ({ '<=': '=', '=': '<=' } as Record<string, string>)[was];
      if (text === undefined || timing !== 'clocked') return [];
      return [
        { at, edits: [{ from: at, to: at + 1, text }], fault: `an assignment by ${was} is one by ${text}` },
      ];
    }),
};

/** Whether a clocked statement behind a place reads a name; otherwise it does not matter when the name changes. */
function isReadLater({ structure, tokens }: MutableDesign, name: string | undefined, from: number): boolean {
  const values = structure.assignments.filter(({ timing }) => timing === 'clocked').map(({ value }) => value);
  const conditions = structure.choices.filter(({ timing }) => timing === 'clocked');
  return placesIn([...values, ...conditions.map(({ condition }) => condition)]).some((at) => {
    return at >= from && tokens[at]?.text === name;
  });
}

const droppedAssignments: Operator = {
  name: 'assignment-dropped',
  sites: (design) =>
    statementsOf(design).map(({ target, whole }) => ({
      at: target.from,
      edits: [{ ...whole, text: 'begin end' }],
      fault: `${design.textOf(target)} is not assigned`,
    })),
};

/** Without an `else`; with one, swapping the branches is the same. */
const conditions: Operator = {
  name: 'condition-negated',
  sites: (design) =>
    design.structure.choices.flatMap(({ at, condition, otherwise }) => {
      if (otherwise) return [];
      const text = `!(${design.textOf(condition)})`;
      return [{ at, edits: [{ ...condition, text }], fault: 'the condition of an if is negated' }];
    }),
};

const stuckConditions: Operator = {
  name: 'condition-stuck',
  sites: (design) =>
    design.structure.choices.map(({ at, condition }) => ({
      at,
      edits: [{ ...condition, text: "1'b1" }],
      fault: `an if does not look at ${design.textOf(condition)}`,
    })),
};

const swappedBranches: Operator = {
  name: 'branches-swapped',
  sites: (design) =>
    design.structure.choices.flatMap(({ at, taken, otherwise }) => {
      if (!otherwise || isChain(design, otherwise.from)) return [];
      return [
        { at, edits: exchange(design, taken, otherwise), fault: 'the branches of an if changed places' },
      ];
    }),
};

const droppedElses: Operator = {
  name: 'else-dropped',
  sites: (design) =>
    design.structure.choices.flatMap(({ otherwise }) => {
      if (!otherwise) return [];
      const at = otherwise.from - 1;
      return [{ at, edits: [{ from: at, to: otherwise.to, text: '' }], fault: 'an else is left out' }];
    }),
};

const isChain = ({ tokens }: MutableDesign, at: number) => tokens[at]?.text === 'if';

/** `if (a) x else if (b) y` becomes `if (b) y else if (a) x`. */
const priorities: Operator = {
  name: 'priority',
  sites: (design) =>
    design.structure.choices.flatMap((first) => {
      const second = design.structure.choices.find(({ at }) => at === first.otherwise?.from);
      if (!second) return [];
      const edits = [
        ...exchange(design, first.condition, second.condition),
        ...exchange(design, first.taken, second.taken),
      ];
      return [{ at: second.at, edits, fault: 'two conditions of a chain of ifs changed places' }];
    }),
};

const droppedArms: Operator = {
  name: 'arm-dropped',
  sites: (design) =>
    design.structure.arms.flatMap(({ labels, whole }) => {
      const fault = labels
        ? `the case ${design.textOf(labels)} is left out`
        : 'the default of a case is left out';
      return [{ at: whole.from, edits: [{ ...whole, text: '' }], fault }];
    }),
};

/** The bodies of two neighbouring arms change places. */
const swappedArms: Operator = {
  name: 'arms-swapped',
  sites: (design) =>
    design.structure.arms.slice(1).flatMap((right, index) => {
      const left = design.structure.arms[index];
      if (
        !left ||
        left.whole.to !== right.whole.from ||
        design.textOf(left.body) === design.textOf(right.body)
      )
        return [];
      return [
        {
          at: left.whole.from,
          edits: exchange(design, left.body, right.body),
          fault: 'two cases changed places',
        },
      ];
    }),
};

const resetValues: Operator = {
  name: 'reset-value',
  sites: (design) =>
    design.structure.assignments.flatMap(({ isReset, target, value }) => {
      if (!isReset) return [];
      const text = `~(${design.textOf(value)})`;
      return [
        {
          at: target.from,
          edits: [{ ...value, text }],
          fault: `${design.textOf(target)} is reset to another value`,
        },
      ];
    }),
};

export const statementOperators: readonly Operator[] = [
  assignmentKinds,
  droppedAssignments,
  conditions,
  stuckConditions,
  swappedBranches,
  droppedElses,
  priorities,
  droppedArms,
  swappedArms,
  resetValues,
];
