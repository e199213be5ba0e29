import type { MutableDesign } from '../design.ts';
import type { Operator } from '../operator.ts';
import { splitAt } from '../structure/state.ts';
import type { Clocked, Span } from '../structure/structure.ts';
import { textAt } from './places.ts';

const otherEdge: Record<string, string> = { posedge: 'negedge', negedge: 'posedge' };

const edges: Operator = {
  name: 'edge',
  sites: (design) =>
    eventsOf(design).flatMap(({ from: at }) => {
      const was = textAt(design, at);
      const text = otherEdge[was];
      return text ? [{ at, edits: [{ from: at, to: at + 1, text }], fault: `${was} became ${text}` }] : [];
    }),
};

function eventsOf(design: MutableDesign): Span[] {
  return design.structure.clocked.flatMap(({ events }) => splitAt(design, events, 'or', ','));
}

/** An asynchronous reset that waits for the clock, and the other way round. */
const resetKinds: Operator = {
  name: 'reset-kind',
  sites: (design) =>
    design.structure.clocked.flatMap((block) => {
      const events = splitAt(design, block.events, 'or', ',');
      const last = events.at(-1);
      if (events.length > 1 && last) {
        const edits = [{ from: last.from - 1, to: last.to, text: '' }];
        return [{ at: last.from, edits, fault: `${design.textOf(last)} is no event` }];
      }
      const added = resetEvent(design, block);
      if (added === undefined) return [];
      const edits = [{ from: block.events.to, to: block.events.to, text: ` or ${added}` }];
      return [{ at: block.events.from, edits, fault: `${added} is an event too` }];
    }),
};

function resetEvent(design: MutableDesign, { reset }: Clocked): string | undefined {
  if (!reset) return undefined;
  const isLow = /^[!~]$/.test(textAt(design, reset.from));
  return `${isLow ? 'negedge' : 'posedge'} ${textAt(design, reset.to - 1)}`;
}

export const clockOperators: readonly Operator[] = [edges, resetKinds];
