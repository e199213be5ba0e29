/**
 * What becomes of a compiler directive. `drop` takes the directive with its own arguments away; `keep` lets it
 * through in a normal form; `refuse` names why.
 */
export type Directive =
  | {
      action: 'define' | 'undefine' | 'undefine-all' | 'branch' | 'reset' | 'net-type' | 'timescale' | 'drop';
    }
  | { action: 'refuse'; because: string };

const refuse = (because: string): Directive => ({ action: 'refuse', because });

/** The compiler directives of IEEE 1800-2017 clause 22; any other name is a macro. */
const directives: Record<string, Directive> = {
  '`define': { action: 'define' },
  '`undef': { action: 'undefine' },
  '`undefineall': { action: 'undefine-all' },
  '`ifdef': { action: 'branch' },
  '`ifndef': { action: 'branch' },
  '`elsif': { action: 'branch' },
  '`else': { action: 'branch' },
  '`endif': { action: 'branch' },
  '`resetall': { action: 'reset' },
  '`default_nettype': { action: 'net-type' },
  '`timescale': { action: 'timescale' },
  '`celldefine': { action: 'drop' },
  '`endcelldefine': { action: 'drop' },
  '`include': refuse('a design is one file; put the text of the included file in its place'),
  '`line': refuse('messages must point at the lines of the design itself'),
  '`pragma': refuse('tool-specific instructions are not part of a design'),
  '`protect': refuse('tool-specific instructions are not part of a design'),
  '`endprotect': refuse('tool-specific instructions are not part of a design'),
  '`begin_keywords': refuse('the language of a design is set by its task'),
  '`end_keywords': refuse('the language of a design is set by its task'),
  '`unconnected_drive': refuse('tie unconnected ports to a value in the design instead'),
  '`nounconnected_drive': refuse('tie unconnected ports to a value in the design instead'),
  '`__FILE__': refuse('a design does not depend on the name of its file'),
  '`__LINE__': refuse('a design does not depend on its line numbers'),
};

/** The directive of that name, with its back-tick; absent for a macro. */
export function directiveOf(name: string): Directive | undefined {
  return Object.hasOwn(directives, name) ? directives[name] : undefined;
}
