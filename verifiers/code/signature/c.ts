import { cppType, dispatch, nativeOf } from './cpp.ts';
import type { Declared, Generator } from './generator.ts';
import type { ScalarName, Type } from './type.ts';

const scalars: Readonly<Record<ScalarName, string>> = {
  int: 'int',
  long: 'long',
  float: 'float',
  double: 'double',
  bool: 'bool',
  char: 'char',
  string: 'char *',
  void: 'void',
};

/**
 * C: the candidate is a unit of its own, and the driver, in C++, knows its functions as the signature declares them.
 * A list is a pointer and a `size_t` behind it; a list that is returned leaves its length in a last `size_t *`.
 */
export const c: Generator = {
  native(type, place) {
    if (!('item' in type)) return 'items' in type ? undefined : scalars[type.name];
    if (type.name !== 'list' || 'item' in type.item || 'items' in type.item) return undefined;
    const item = scalars[type.item.name];
    return place === 'parameter' ? `${pointerTo(item)}, size_t` : pointerTo(item);
  },
  driver: (functions) => ({ files: [{ path: 'driver.cpp', content: driverOf(functions) }] }),
};

const pointerTo = (item: string) => (item.endsWith('*') ? `${item}*` : `${item} *`);

function driverOf(functions: readonly Declared[]): string {
  return [
    '#include "assay_wire.hpp"',
    ...functions.flatMap((one) => [prototype(one), adapter(one)]),
    ...dispatch(functions.map(nativeOf), (name) => `assay_call_${name}`),
    '',
  ].join('\n');
}

function isList(type: Type): type is Extract<Type, { item: Type }> {
  return type.name === 'list';
}

/** Both have 64 bits and are passed alike; values in C++ are of the second kind. */
const alike = (native: string | undefined) => native?.replace('long', 'long long');

function prototype({ name, signature: { parameters, returns } }: Declared): string {
  const taken = parameters.map((type) => alike(c.native(type, 'parameter')));
  const all = [...taken, ...(isList(returns) ? ['size_t *'] : [])];
  return `extern "C" ${alike(c.native(returns, 'result'))} ${name}(${all.join(', ')});`;
}

/** Takes what C++ has for the types, calls with what C has for them, and keeps what was changed in place. */
function adapter({ name, signature: { parameters, returns } }: Declared): string {
  const taken = parameters.map((type, index) => `${cppType(type)} &a${index}`).join(', ');
  const before = parameters.flatMap((type, index) => prepare(type, index));
  const passed = parameters.map((type, index) => pass(type, index));
  const all = [...passed, ...(isList(returns) ? ['&count'] : [])].join(', ');
  const call = `::${name}(${all})`;
  return [
    `static ${cppType(returns)} assay_call_${name}(${taken}) {`,
    ...before,
    ...collect(returns, call),
    '}',
  ].join('\n');
}

const isText = (type: Type) => type.name === 'string';

function prepare(type: Type, index: number): string[] {
  if (!isList(type)) return [];
  if (isText(type.item)) {
    return [`  std::vector<char *> p${index}; for (auto &one : a${index}) p${index}.push_back(one.data());`];
  }
  // std::vector<bool> has no array: what stands in one is copied there, and back in the end.
  if (type.item.name !== 'bool') return [];
  const [values, array] = [`a${index}`, `p${index}`];
  return [
    `  auto ${array} = std::make_unique<bool[]>(${values}.size());`,
    `  std::copy(${values}.begin(), ${values}.end(), ${array}.get());`,
    `  std::shared_ptr<void> back${index}(nullptr, [&](void *) {`,
    `    std::copy(${array}.get(), ${array}.get() + ${values}.size(), ${values}.begin());`,
    '  });',
  ];
}

function pass(type: Type, index: number): string {
  if (isText(type)) return `a${index}.data()`;
  if (!isList(type)) return `a${index}`;
  const data =
    type.item.name === 'bool'
      ? `p${index}.get()`
      : isText(type.item)
        ? `p${index}.data()`
        : `a${index}.data()`;
  return `${data}, a${index}.size()`;
}

function collect(returns: Type, call: string): string[] {
  if (isText(returns))
    return [`  const char *text = ${call}; return text ? text : throw assay::Misfit{"NULL"};`];
  if (!isList(returns)) return [`  return ${call};`];
  return [
    '  size_t count = 0;',
    `  auto *items = ${call};`,
    '  if (!items && count > 0) throw assay::Misfit{"NULL"};',
    `  return ${cppType(returns)}(items, items + count);`,
  ];
}
