import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Node, SyntaxKind } from 'typescript/unstable/ast';
import {
  API,
  type Diagnostic as ApiDiagnostic,
  DiagnosticCategory,
  type Program,
} from 'typescript/unstable/sync';
import type { VirtualFiles } from './virtual-files.ts';

// The only file that knows TypeScript's API, which is unstable and therefore pinned to one version.

export { type Node, SyntaxKind };

/** One message of the compiler; `start` is an offset in UTF-16 units, absent when it is about no place. */
export type Finding = { severity: 'error' | 'warning'; message: string; code: string; start?: number };

/** A checked file: what was found, whether it could be parsed, and its syntax tree, read on demand. */
export type Checked = { findings: Finding[]; parsed: boolean; tree(): Node };

/** The folder in which TypeScript's own program and the standard libraries lie. */
export function librariesFolder(): string {
  const name = `@typescript/typescript-${process.platform}-${process.arch}/package.json`;
  const require = createRequire(import.meta.url);
  return join(dirname(createRequire(require.resolve('typescript/package.json')).resolve(name)), 'lib');
}

/** Looks at one file of a program. */
export type Check = (file: string) => Checked;

/** A running type checker over virtual files, with one project open. */
export class TypeScriptServer {
  readonly #api: API;
  readonly #project: string;

  constructor(files: VirtualFiles, project: string) {
    this.#project = project;
    this.#api = new API({ cwd: '/', fs: files.callbacks });
    this.#api.updateSnapshot({ openProjects: [project] }).dispose();
  }

  /**
   * Has `use` look at the program after `changed` files have got new texts. Nothing of an earlier text is left: the
   * snapshot is new, and the client's cache of syntax trees, which does not notice changes of virtual files, is
   * emptied.
   */
  check<Result>(changed: readonly string[], use: (check: Check) => Result): Result {
    this.#api.clearSourceFileCache();
    const snapshot = this.#api.updateSnapshot({ fileChanges: { changed: [...changed] } });
    try {
      const project = snapshot.getProject(this.#project);
      if (!project) throw new Error(`the type checker lost its project ${this.#project}`);
      return use((file) => checkFile(project.program, file));
    } finally {
      snapshot.dispose();
    }
  }

  close(): void {
    this.#api.close();
  }
}

function checkFile(program: Program, file: string): Checked {
  const syntactic = program.getSyntacticDiagnostics(file);
  const parsed = syntactic.length === 0;
  const semantic = () => [...program.getSemanticDiagnostics(file), ...program.getGlobalDiagnostics()];
  return {
    findings: (parsed ? semantic() : syntactic).filter(isSerious).map(toFinding),
    parsed,
    tree: () => {
      const tree = program.getSourceFile(file);
      if (!tree) throw new Error(`the type checker lost its file ${file}`);
      return tree;
    },
  };
}

function isSerious({ category }: ApiDiagnostic): boolean {
  return category === DiagnosticCategory.Error || category === DiagnosticCategory.Warning;
}

function toFinding(diagnostic: ApiDiagnostic): Finding {
  const { category, code, fileName, pos } = diagnostic;
  return {
    severity: category === DiagnosticCategory.Error ? 'error' : 'warning',
    message: messageOf(diagnostic, 0).slice(0, longestMessage),
    code: `TS${code}`,
    ...(fileName !== undefined && { start: pos }),
  };
}

const deepestChain = 4;
/** A type can be as long as one likes, and is told in full. */
const longestMessage = 1500;

/** The message with the reasons behind it, each on a line of its own. */
function messageOf({ text, messageChain = [] }: ApiDiagnostic, depth: number): string {
  const reasons = depth < deepestChain ? messageChain.map((reason) => messageOf(reason, depth + 1)) : [];
  return [text, ...reasons.map((reason) => `  ${reason.replaceAll('\n', '\n  ')}`)].join('\n');
}
