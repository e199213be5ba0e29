import type { FieldPath, Problem } from './problem.ts';

/** A change of a task's tests that must make some of them fail. */
type Corruption = { replace: string; with: string; fails: readonly string[] };

/** A corruption changes one place, to something else, and names tests that there are. `textOf` is what it changes. */
export function corruptionProblems<One extends Corruption>(
  corruptions: readonly One[],
  textOf: (corruption: One) => string,
  names: readonly string[],
  field: FieldPath,
): Problem[] {
  return corruptions.flatMap((corruption, index) => {
    const at = [...field, index];
    const places = textOf(corruption).split(corruption.replace).length - 1;
    const found = `stands ${places} times in the tests: it must stand there once`;
    const unknown = corruption.fails.find((name) => !names.includes(name));
    return [
      ...(places === 1 ? [] : [{ field: [...at, 'replace'], message: found }]),
      ...(corruption.replace === corruption.with
        ? [{ field: [...at, 'with'], message: 'changes nothing' }]
        : []),
      ...(unknown === undefined
        ? []
        : [{ field: [...at, 'fails'], message: `"${unknown}" is none of "names"` }]),
    ];
  });
}
