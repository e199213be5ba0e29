import { randomBytes } from 'node:crypto';
import { AssayError } from '../../errors.ts';
import { textOrEdited } from '../replaced.ts';
import { sourceText } from '../source.ts';
import { canonicalText } from '../verilog/canonical.ts';
import { findModules } from '../verilog/modules.ts';
import { preprocess } from '../verilog/preprocess.ts';
import type { TestbenchSpec } from './spec.ts';

/** A design under a testbench. `name` is for people; nothing of it is in the sandbox. */
export type Subject = { name: string; text: string };

/** The designs of a task, as texts. */
export function subjectsOf({ designs }: TestbenchSpec): { right: Subject[]; wrong: Subject[] } {
  const right = designs.right.map((source, index) => ({
    name: `right design ${index + 1}`,
    text: sourceText(source),
  }));
  const base = right[0]?.text ?? '';
  const wrong = designs.wrong.map((design) => ({ name: design.fault, text: textOrEdited(design, base) }));
  return { right, wrong };
}

/**
 * A design as it is laid beside a testbench: canonical, and with names for its inner modules that are drawn anew, so that
 * a testbench can instantiate the outermost alone. `TASK_REFERENCE_FAILED` where its text is no design.
 */
export function disguised({ name, text }: Subject, top: string): string {
  const { design, refused } = preprocess(text);
  if (!design) {
    const why = `line ${refused.line}: ${refused.message}`;
    throw new AssayError('TASK_REFERENCE_FAILED', `the task's ${name} cannot be read: ${why}; mend it`);
  }
  const suffix = randomBytes(12).toString('hex');
  const inner = findModules(design.tokens).flatMap((module) =>
    module.name.text === top ? [] : [module.name.text],
  );
  const tokens = design.tokens.map((token) =>
    inner.includes(token.text) ? { ...token, text: `${token.text}_${suffix}` } : token,
  );
  return canonicalText(tokens);
}
