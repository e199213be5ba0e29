import type { Diagnostic } from '../../verdict.ts';
import type { ChipSpec } from '../spec.ts';
import { type CompileOptions, compileDesign } from './compile-design.ts';
import { readIcarusMessages } from './icarus-messages.ts';
import { designFile, limitsOf } from './run-design.ts';

export type CompileAloneOptions = Pick<CompileOptions, 'sandbox' | 'tools' | 'signal'> & { spec: ChipSpec };

/** What the compiler says of a design by itself, all warnings on. */
export async function compileAlone(text: string, options: CompileAloneOptions): Promise<Diagnostic[]> {
  const { spec } = options;
  const { messages } = await compileDesign(text, {
    ...options,
    limits: limitsOf(spec),
    language: spec.language,
    root: spec.top,
    file: designFile(spec),
  });
  return readIcarusMessages(messages);
}
