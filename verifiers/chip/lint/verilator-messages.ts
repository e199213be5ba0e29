import type { Diagnostic } from '../../verdict.ts';

/** How a finding counts: `error` fails the check, `counted` lowers its score, `style` has no part in it. */
type Standing = 'error' | 'counted' | 'style';

/** Codes of the linter that are not merely counted. */
const standings = new Map<string, Standing>(
  (
    [
      ['error', 'BLKANDNBLK COMBDLY INFINITELOOP LATCH MULTIDRIVEN PROCASSWIRE'],
      ['style', 'DECLFILENAME DEFPARAM EOFNEWLINE GENUNNAMED IMPORTSTAR INCABSPATH'],
      ['style', 'PINCONNECTEMPTY PINNOCONNECT SYMRSVDWORD TIMESCALEMOD UNSUPPORTED UNUSED UNUSEDGENVAR'],
      ['style', 'UNUSEDLOOP UNUSEDPARAM UNUSEDSIGNAL VARHIDDEN'],
    ] as const
  ).flatMap(([standing, codes]) => codes.split(' ').map((code): [string, Standing] => [code, standing])),
);

/** What the linter found, by how it counts. */
export type LintFindings = { errors: Diagnostic[]; counted: Diagnostic[] };

const finding = /^%(Error|Warning)(?:-([A-Z0-9_]+))?: (?:([^\s:]+):(\d+):(\d+): )?(.*)$/;
const summary = /^(?:Exiting due to|Command failed)/;

/** Reads `%Warning-CODE: file:line:column: text`; the lines that quote the source are left out. */
export function readVerilatorMessages(text: string): LintFindings {
  const findings: LintFindings = { errors: [], counted: [] };
  for (const line of text.split('\n')) {
    const [, kind, code, file, at, column, message = ''] = finding.exec(line) ?? [];
    if (kind === undefined || summary.test(message)) continue;
    const standing = standings.get(code ?? '') ?? (kind === 'Error' ? 'error' : 'counted');
    if (standing === 'style') continue;
    const place = file === undefined ? {} : { file, line: Number(at), column: Number(column) };
    const severity = standing === 'error' ? 'error' : 'warning';
    const diagnostic: Diagnostic = { severity, message, ...place, ...(code && { code }) };
    findings[standing === 'error' ? 'errors' : 'counted'].push(diagnostic);
  }
  return findings;
}
