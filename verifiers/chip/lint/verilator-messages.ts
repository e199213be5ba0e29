import type { Diagnostic } from '../../verdict.ts';
import { standingOf } from './codes.ts';
import type { Finding } from './findings.ts';

const finding = /^%(Error|Warning)(?:-([A-Z0-9_]+))?: (?:([^\s:]+):(\d+):(\d+): )?(.*)$/;
const summary = /^(?:Exiting due to|Command failed)/;
/** By these words the linter says that it, not the design, falls short. */
const lacking = /^(?:Unsupported\b|Internal Error\b)|: Unsupported: /;

/** Reads `%Warning-CODE: file:line:column: text`; the lines that quote the source are left out. */
export function readVerilatorMessages(text: string): Finding[] {
  const findings: Finding[] = [];
  for (const line of text.split('\n')) {
    const [, kind, code, file, at, column, message = ''] = finding.exec(line) ?? [];
    if (kind === undefined || summary.test(message)) continue;
    const lacks = kind === 'Error' && lacking.test(message);
    const standing = lacks ? 'tool' : (standingOf(code) ?? (kind === 'Error' ? 'error' : 'slight'));
    const place = file === undefined ? {} : { file, line: Number(at), column: Number(column) };
    const severity: Diagnostic['severity'] = standing === 'error' ? 'error' : 'warning';
    findings.push({ standing, diagnostic: { severity, message, ...place, ...(code && { code }) } });
  }
  return findings;
}
