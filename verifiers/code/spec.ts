import { z } from 'zod';
import { assertionsSpecSchema } from './assertions/spec.ts';
import { type CallCase, callsSpecSchema } from './calls/spec.ts';
import { type ProgramCase, programSpecSchema } from './programs/spec.ts';
import { propertiesSpecSchema } from './properties/spec.ts';
import { repositorySpecSchema } from './repository/spec.ts';
import { type TypeCase, typesSpecSchema } from './types/spec.ts';

/** What is needed to judge a program or a function: one member for each kind of test, told by `mode`. */
export const codeSpecSchema = z.discriminatedUnion('mode', [
  callsSpecSchema,
  programSpecSchema,
  assertionsSpecSchema,
  typesSpecSchema,
  propertiesSpecSchema,
]);
export type CodeSpec = z.infer<typeof codeSpecSchema>;

/** What the code verifier needs to know to judge a candidate, which is a single text or changes a tree of files. */
export const codeTaskSchema = z.discriminatedUnion('mode', [codeSpecSchema, repositorySpecSchema]);
export type CodeTaskSpec = z.infer<typeof codeTaskSchema>;

/** The cases that a spec lists one by one; a suite of assertions has none. */
export function casesOf(spec: CodeTaskSpec): readonly (CallCase | ProgramCase | TypeCase)[] {
  if (spec.mode === 'repository') return spec.tests.by === 'programs' ? spec.tests.cases : [];
  return 'cases' in spec ? spec.cases : [];
}
