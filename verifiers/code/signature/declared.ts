import type { Declared } from './generator.ts';
import type { SignatureTexts } from './schema.ts';
import { parseType, type Signature } from './type.ts';

/** Functions with their types. Throws a `TypeSyntaxError` for a text that is no type. */
export function declared(signatures: Readonly<Record<string, SignatureTexts>> = {}): Declared[] {
  return Object.entries(signatures).map(([name, texts]) => ({ name, signature: signatureOf(texts) }));
}

/** Reads a signature as tasks write it. */
export function signatureOf({ parameters, returns }: SignatureTexts): Signature {
  return { parameters: parameters.map(parseType), returns: parseType(returns) };
}
