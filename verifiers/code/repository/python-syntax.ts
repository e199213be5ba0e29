import type { JudgeInput } from '../../judge.ts';
import type { Diagnostic } from '../../verdict.ts';
import { describeEnding } from '../ending.ts';
import { jobLimits } from '../limits.ts';
import type { RepositorySpec } from './spec.ts';
import { type Files, jobFiles } from './tree.ts';

/** Compiles files and runs none: a line `path:line:column:message` for each that is no Python. */
const script = `
import sys
for path in sys.argv[1:]:
    try:
        with open(path, "rb") as file:
            compile(file.read(), path, "exec", dont_inherit=True)
    except Exception as error:
        place = getattr(error, "lineno", None) or 0, getattr(error, "offset", None) or 0
        print("%s:%d:%d:%s" % (path, *place, (getattr(error, "msg", None) or str(error)).splitlines()[0]))
`;

/** The syntax errors of these files of a tree. */
export async function checkSyntax(
  { spec, sandbox, signal }: JudgeInput<RepositorySpec>,
  files: Files,
  paths: readonly string[],
): Promise<Diagnostic[]> {
  if (paths.length === 0) return [];
  const chosen = Object.fromEntries(paths.map((path) => [path, files[path] ?? '']));
  const { ending, stdout } = await sandbox.run(
    {
      argv: ['python3', '-I', '-S', '-B', '-c', script, ...paths],
      files: jobFiles(chosen),
      limits: jobLimits(spec),
    },
    signal ? { signal } : {},
  );
  const found = stdout.text.split('\n').flatMap(readLine);
  if (ending.by === 'exit' && ending.code === 0) return found;
  const { code, text } = describeEnding(ending);
  return [...found, { severity: 'error', message: `the compiler ${text}`, code }];
}

function readLine(line: string): Diagnostic[] {
  const { file, row, column, message } =
    /^(?<file>.+?):(?<row>\d+):(?<column>\d+):(?<message>.*)$/.exec(line)?.groups ?? {};
  if (file === undefined || message === undefined) return [];
  const place = {
    ...(row !== '0' && { line: Number(row) }),
    ...(column !== '0' && { column: Number(column) }),
  };
  return [{ severity: 'error', message: message.slice(0, 500), file, ...place, code: 'syntax' }];
}
