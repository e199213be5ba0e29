import { readCppHeader } from './cpp-header.ts';
import type { Declared, Generator, SuiteText } from './generator.ts';
import type { NativeFunction } from './native.ts';
import type { ScalarName, Type } from './type.ts';

const scalars: Readonly<Record<ScalarName, string>> = {
  int: 'int',
  long: 'long long',
  float: 'float',
  double: 'double',
  bool: 'bool',
  char: 'char',
  string: 'std::string',
  void: 'void',
};

const templates = { list: 'std::vector', set: 'std::set', optional: 'std::optional' } as const;

/** A type in C++. */
export function cppType(type: Type): string {
  if ('items' in type) return `std::tuple<${type.items.map(cppType).join(', ')}>`;
  if ('key' in type) return `std::map<${cppType(type.key)}, ${cppType(type.item)}>`;
  return 'item' in type ? `${templates[type.name]}<${cppType(type.item)}>` : scalars[type.name];
}

/** What a candidate could have made a macro of, and the driver's own lines use. */
const words = `main std string vector set unordered_set optional tuple pair map unordered_map long int short unsigned
  signed size_t float double bool char void if return auto const`;

/**
 * C++: the driver includes the candidate, so that any way to take the arguments fits (by value, by reference), and
 * overloads are told apart by the declared types.
 */
export const cpp: Generator = {
  native: cppType,
  driver: (functions) => ({ files: [driverOf(functions.map(nativeOf))] }),
  suites: {
    header: ({ name, signature: { parameters, returns } }) =>
      `${cppType(returns)} ${name}(${parameters.map(cppType).join(', ')})`,
    readHeader: readCppHeader,
    driver: (functions) => ({ files: [driverOf(functions.map(valuesOf))] }),
    suite: (functions, suite) => [
      { path: 'suite.cpp', content: suiteOf(functions, suite) },
      ...suite.modules.flatMap((name) =>
        endings.map((ending) => ({ path: `${name}${ending}`, content: '' })),
      ),
    ],
  },
};

/** A function by the types of its values. */
type Called = { name: string; parameters: readonly string[]; returns: string };

/** A declared function in C++. */
export function nativeOf({ name, signature: { parameters, returns } }: Declared): Called {
  return { name, parameters: parameters.map(cppType), returns: cppType(returns) };
}

function valuesOf({ name, parameters, returns }: NativeFunction): Called {
  return { name, parameters: parameters.map(({ value }) => value), returns };
}

function driverOf(functions: readonly Called[]): { path: string; content: string } {
  const lines = [
    '#include "assay_wire.hpp"',
    '#define main assay_candidate_main',
    '#include "candidate.cpp"',
    ...words.split(/\s+/).map((word) => `#undef ${word}`),
    ...dispatch(functions, (name) => name),
    '',
  ];
  return { path: 'driver.cpp', content: lines.join('\n') };
}

/** The function that calls by name. `callee` is what stands for a function, which is given all arguments. */
export function dispatch(functions: readonly Called[], callee: (name: string) => string): string[] {
  return [
    'std::string assay_dispatch(const std::string &assay_name, const assay::Json &assay_args, bool assay_after) {',
    ...functions.map(({ name, parameters, returns }) => {
      const types = [returns, ...parameters].join(', ');
      const call = `[](auto &...assay_value) -> ${returns} { return ::${callee(name)}(assay_value...); }`;
      return `  if (assay_name == "${name}") return assay::invoke<${types}>(assay_args, assay_after, ${call});`;
    }),
    '  return {};',
    '}',
  ];
}

/** Files by which a suite may include what stands before it anyway. */
const endings = ['.h', '.hpp', '.hh', '.cpp', '.cc'];

function suiteOf(functions: readonly NativeFunction[], { text }: SuiteText): string {
  const before = ['#include "assay_wire.hpp"', '#include "assay_link.hpp"', ...functions.map(standIn)];
  return [...before, '#line 1 "suite.cpp"', text, ''].join('\n');
}

/** A function with the header of the candidate's, which asks for a call and gives back what comes. */
function standIn({ name, parameters, returns }: NativeFunction): string {
  const taken = parameters.map(({ declared }, index) => `${declared} a${index}`);
  const changes = parameters.some((parameter) => parameter.changes);
  const given = [`"${name}"`, String(changes), ...parameters.map((_, index) => `a${index}`)];
  const kept = parameters.flatMap((parameter, index) =>
    parameter.changes ? [`  reply.keep(${index}, a${index});`] : [],
  );
  return [
    `${returns} ${name}(${taken.join(', ')}) {`,
    `  const assay::Reply reply = assay::ask(${given.join(', ')});`,
    ...kept,
    `  return reply.result<${returns}>();`,
    '}',
  ].join('\n');
}
