/**
 * How a kind of finding counts: an `error` fails the check, `tool` tells that the linter could not read the design to
 * its end, `grave` and `slight` cost something, `style` never counts.
 */
export type Standing = 'error' | 'tool' | 'grave' | 'slight' | 'style';

/** What each finding takes off a score of 100; a design that a linter cannot read must not gain by it. */
export const costs: Record<Standing, number> = { error: 100, tool: 30, grave: 30, slight: 10, style: 0 };

/**
 * The codes of Verilator 5, older and newer names of the same finding too, by how they count and why. Whatever honest
 * designs draw is no error, even where the linter calls it one.
 */
const table: readonly (readonly [Standing, why: string, codes: string])[] = [
  ['error', 'the language has no such thing', 'ASSIGNIN CONTASSREG ENDLABEL ENUMVALUE MODDUP MODMISSING'],
  ['error', 'the language has no such thing', 'PINNOTFOUND PKGNODECL PROCASSWIRE PROTOTYPEMIS'],
  ['error', 'no hardware does this', 'INFINITELOOP'],
  ['tool', 'the linter lacks it, other tools do not', 'BLKANDNBLK BLKLOOPINIT CONSTRAINTIGN ENCAPSULATED'],
  ['tool', 'the linter lacks it, other tools do not', 'HIERPARAM RANDC SHORTREAL SPECIFYIGN UNPACKED'],
  ['tool', 'the linter lacks it, other tools do not', 'UNSUPPORTED'],
  ['grave', 'hardware may do something else', 'CDCRSTLOGIC COMBDLY INITIALDLY LATCH MULTIDRIVEN NOEDGE'],
  ['grave', 'hardware may do something else', 'NOLATCH SYNCASYNCNET'],
  ['grave', 'something is never driven or never runs', 'NOSENSE SELRANGE UNDRIVEN'],
  ['slight', 'it may not be what was meant', 'ALWCOMBORDER ASCRANGE BLKSEQ CASEINCOMPLETE CASEOVERLAP'],
  ['slight', 'it may not be what was meant', 'CASEWITHX CASEX CASTCONST CLKDATA CMPCONST COLONPLUS'],
  ['slight', 'it may not be what was meant', 'ENUMITEMWIDTH IGNOREDRETURN IMPLICIT IMPLICITSTATIC IMPURE'],
  ['slight', 'it may not be what was meant', 'LITENDIAN MISINDENT NOEFFECT NORETURN NULLPORT PINMISSING'],
  ['slight', 'it may not be what was meant', 'PORTSHORT PROCASSINIT REALCVT SIDEEFFECT STATICVAR UNOPT'],
  ['slight', 'it may not be what was meant', 'UNOPTFLAT UNSIGNED WIDTH WIDTHCONCAT WIDTHEXPAND WIDTHTRUNC'],
  ['slight', 'it may not be what was meant', 'WIDTHXZEXPAND ZEROREPL'],
  ['style', 'names and order', 'DECLFILENAME GENUNNAMED IFDEPTH IMPORTSTAR INCABSPATH SYMRSVDWORD VARHIDDEN'],
  ['style', 'form', 'BSSPACE DEFPARAM DEPRECATED EOFNEWLINE MULTITOP NEWERSTD NONSTD PINCONNECTEMPTY'],
  ['style', 'form', 'PINNOCONNECT REDEFMACRO TIMESCALEMOD'],
  ['style', 'nothing goes wrong for it', 'UNUSED UNUSEDGENVAR UNUSEDLOOP UNUSEDPARAM UNUSEDSIGNAL'],
  ['style', 'a loop that the compiler would not call synthesizable, and others do', 'LOOPFORM'],
  ['style', 'about speed of a simulator', 'HIERBLOCK IMPERFECTSCH PROFOUTOFDATE SPLITVAR UNOPTTHREADS'],
];

const standings = new Map(
  table.flatMap(([standing, _why, codes]) => codes.split(' ').map((code) => [code, standing] as const)),
);

/** How a code counts; undefined for one that the table lacks. */
export function standingOf(code: string | undefined): Standing | undefined {
  return code === undefined ? undefined : standings.get(code);
}

/** Codes that name the same finding, as versions of the linter and the two tools tell it. */
export function familyOf(code: string): string {
  return /^(WIDTH|UNUSED)/.exec(code)?.[1] ?? code;
}
