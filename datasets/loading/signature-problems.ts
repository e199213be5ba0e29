import type { AssertionsSpec } from '../../verifiers/code/assertions/spec.ts';
import type { CallCase, CallsSpec } from '../../verifiers/code/calls/spec.ts';
import { languageOf } from '../../verifiers/code/languages/index.ts';
import { parseWire, WireError } from '../../verifiers/code/parse-wire.ts';
import type { WireValue } from '../../verifiers/code/shared-spec.ts';
import {
  generatorOf,
  misfit,
  type Signature,
  type SignatureTexts,
  signatureOf,
  TypeSyntaxError,
  typeText,
  unknownType,
} from '../../verifiers/code/signature/index.ts';
import { dialectOf } from '../../verifiers/code/values.ts';
import type { FieldPath, Problem } from './problem.ts';

/** What is wrong with the declared types of a task, and with its cases by them. */
export function signatureProblems(spec: CallsSpec, field: FieldPath): Problem[] {
  const { title, run } = languageOf(spec.language);
  const place = [...field, 'signatures'];
  if (run.calls?.by !== 'generated') {
    const message = `is for languages whose functions have to be declared, not for ${title}`;
    return spec.signatures ? [{ field: place, message }] : [];
  }
  const { generator } = run.calls;
  const known = new Map<string, Signature>();
  const problems = Object.entries(spec.signatures ?? {}).flatMap(([name, texts]) => {
    const read = readSignature(texts, generator, title);
    if (typeof read === 'string') return [{ field: [...place, name], message: read }];
    known.set(name, read);
    return [];
  });
  if (problems.length > 0) return problems;
  const missing = [spec.entry, ...spec.cases.flatMap(({ call }) => call ?? [])].find(
    (name) => !known.has(name),
  );
  if (missing !== undefined) return [{ field: place, message: `does not declare "${missing}"` }];
  return spec.cases.flatMap((test, index) => {
    const signature = known.get(test.call ?? spec.entry);
    return signature ? caseProblems(spec, test, signature, [...field, 'cases', index]) : [];
  });
}

/**
 * What is wrong with how a suite declares the functions that it calls. Headers are read where the suite is run: those of
 * public sets may well have types whose values cannot travel.
 */
export function headerProblems(spec: AssertionsSpec, field: FieldPath): Problem[] {
  const { language, signatures, headers } = spec;
  const { title, run, suites } = languageOf(language);
  if (!suites?.compile || run.calls?.by !== 'generated') {
    const message = `is for languages whose functions have to be declared, not for ${title}`;
    const given = Object.entries({ signatures, headers }).filter(([, value]) => value !== undefined);
    return given.map(([name]) => ({ field: [...field, name], message }));
  }
  if (!signatures && !headers) {
    return [{ field, message: `needs the "signatures" or "headers" of the functions that its suite calls` }];
  }
  const { generator } = run.calls;
  return Object.entries(signatures ?? {}).flatMap(([name, texts]) => {
    const read = readSignature(texts, generator, title);
    return typeof read === 'string' ? [{ field: [...field, 'signatures', name], message: read }] : [];
  });
}

/** A signature, or what is wrong with it. */
function readSignature(texts: SignatureTexts, generator: string, title: string): Signature | string {
  try {
    const signature = signatureOf(texts);
    const unknown = unknownType(generatorOf(generator), signature);
    return unknown ? `${title} has no ${typeText(unknown)} there` : signature;
  } catch (thrown) {
    if (thrown instanceof TypeSyntaxError) return thrown.message;
    throw thrown;
  }
}

function caseProblems(
  spec: CallsSpec,
  { args = [], argsAfter, returns }: CallCase,
  signature: Signature,
  field: FieldPath,
): Problem[] {
  const { parameters } = signature;
  if (args.length !== parameters.length) {
    const message = `has ${args.length} values where the signature has ${parameters.length}`;
    return [{ field: [...field, 'args'], message }];
  }
  const { run, title } = languageOf(spec.language);
  if (argsAfter && run.calls?.by === 'generated' && generatorOf(run.calls.generator).givesAway) {
    return [{ field: [...field, 'argsAfter'], message: `is not for ${title}: arguments are given away` }];
  }
  const fits = (value: WireValue | undefined, type: Signature['returns'], place: FieldPath): Problem[] => {
    const message = value === undefined ? undefined : reasonOf(value, type, spec.language);
    return message ? [{ field: place, message }] : [];
  };
  return [
    ...parameters.flatMap((type, index) => fits(args[index], type, [...field, 'args', index])),
    ...fits(returns, signature.returns, [...field, 'returns']),
  ];
}

/** What cannot be read is told of elsewhere. */
function reasonOf(wire: WireValue, type: Signature['returns'], language: string): string | undefined {
  try {
    return misfit(type, parseWire(wire, dialectOf(language)));
  } catch (thrown) {
    if (thrown instanceof WireError) return undefined;
    throw thrown;
  }
}
