import type { ChipSpec } from '../spec.ts';

type Language = ChipSpec['language'];
type Ban = { because: string; since: Language };

const ban = (since: Language, because: string, words: string): [string, Ban][] =>
  words.split(' ').map((word) => [word, { because, since }]);

/**
 * Words of the language that a design is not accepted with. Those that SystemVerilog brought are plain names in a
 * Verilog task.
 */
const bans = new Map<string, Ban>([
  ...ban('verilog', 'it overrides what drives a signal', 'force release'),
  ...ban(
    'verilog',
    'it changes a module from outside; pass the parameter at the instance instead',
    'defparam',
  ),
  ...ban('verilog', 'delays and timing checks have no meaning in a design', 'specify specparam'),
  ...ban('verilog', 'it chooses among libraries outside the design', 'config'),
  ...ban('verilog', 'write it as a module instead', 'primitive'),
  ...ban('systemverilog', 'it attaches code to modules from outside', 'bind'),
  ...ban('systemverilog', 'it runs when the simulation ends', 'final'),
  ...ban('systemverilog', 'it belongs to a testbench', 'program clocking covergroup checker class virtual'),
  ...ban('systemverilog', 'it belongs to a testbench', 'rand randc randcase randsequence constraint'),
  ...ban(
    'systemverilog',
    'checks of the design are made outside of it',
    'assume assert cover restrict expect property sequence',
  ),
  ...ban('systemverilog', 'it calls code outside the design', 'export extern'),
  ...ban('systemverilog', 'it joins nets behind their declarations', 'alias'),
]);

/** Why a word is not accepted in that language; absent for one that is. */
export function banOf(word: string, language: Language): string | undefined {
  const found = bans.get(word);
  return found && (found.since === 'verilog' || language === 'systemverilog') ? found.because : undefined;
}

/** System functions that are values of their arguments alone (IEEE 1800-2017, 20.5 to 20.9). */
const pureFunctions = new Set(
  [
    'signed unsigned clog2 bits size left right high low increment dimensions unpacked_dimensions typename',
    'countones countbits onehot onehot0 isunknown',
    'rtoi itor realtobits bitstoreal shortrealtobits bitstoshortreal cast',
    'ln log10 exp sqrt pow floor ceil sin cos tan asin acos atan atan2 hypot sinh cosh tanh asinh acosh atanh',
  ]
    .flatMap((line) => line.split(' '))
    .map((name) => `$${name}`),
);

/** Whether a system task or function, with its dollar sign, yields only a value of its arguments. */
export function isPureFunction(name: string): boolean {
  return pureFunctions.has(name);
}
