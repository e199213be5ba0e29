import fc from 'fast-check';
import { canonicalKey } from '../../../verifiers/code/canonical-key.ts';
import type { Dialect, Value } from '../../../verifiers/code/values.ts';

/** Any value that a dialect can hold, nested a few levels deep. */
export function anyValue({ objects, lacks, unhashable }: Dialect): fc.Arbitrary<Value> {
  const integer = fc.oneof(
    fc.bigInt({ min: -5n, max: 5n }),
    fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }),
  );
  const text = fc.string({ unit: 'binary', maxLength: 5 });
  const scalar: fc.Arbitrary<Value> = fc.oneof(
    fc.constantFrom<Value>({ type: 'null' }, { type: 'undefined' }),
    fc.boolean().map((value): Value => ({ type: 'boolean', value })),
    integer.map((value): Value => ({ type: 'integer', value })),
    fc.double().map((value): Value => ({ type: 'float', value })),
    text.map((value): Value => ({ type: 'string', value })),
    fc.uint8Array({ maxLength: 5 }).map((value): Value => ({ type: 'bytes', value: Buffer.from(value) })),
    fc
      .date({ noInvalidDate: true, min: new Date('0001-01-01'), max: new Date('9999-12-31') })
      .map((date): Value => ({ type: 'date', value: date.toISOString().replace(/\.?0*Z$/, 'Z') })),
  );
  const { value } = fc.letrec<{ value: Value }>((tie) => {
    const items = fc.array(tie('value'), { maxLength: 3 });
    const textKey = fc.constantFrom('a', 'b', '$int', '$', '__proto__', '0').map((key): Value => {
      return { type: 'string', value: key };
    });
    const plain = fc.uniqueArray(fc.tuple(textKey, tie('value')), {
      maxLength: 3,
      selector: ([key]) => JSON.stringify(key),
    });
    const container = fc.oneof(
      fc
        .tuple(fc.constantFrom('list' as const, 'tuple' as const, 'iterator' as const, 'set' as const), items)
        .map(([type, list]): Value => ({ type, items: list })),
      fc
        .uniqueArray(fc.tuple(tie('value'), tie('value')), {
          maxLength: 3,
          selector: ([key]) => canonicalKey(key, true),
        })
        .map((entries): Value => ({ type: 'dict', entries })),
      plain.map((entries): Value => ({ type: objects, entries })),
    );
    return { value: fc.oneof({ maxDepth: 4 }, scalar, container) };
  });
  return value.filter((drawn) => isHeld(drawn, { lacks, unhashable }));
}

/** Whether a dialect has all kinds of values that stand in one, where they stand. */
function isHeld(value: Value, dialect: Pick<Dialect, 'lacks' | 'unhashable'>): boolean {
  const held = (inner: Value) => isHeld(inner, dialect);
  const hashed = (inner: Value) => held(inner) && !dialect.unhashable.includes(inner.type);
  if (dialect.lacks.includes(value.type)) return false;
  if (value.type === 'set') return value.items.every(hashed);
  if ('items' in value) return value.items.every(held);
  if ('entries' in value) return value.entries.every(([key, item]) => hashed(key) && held(item));
  return true;
}
