import type { Diagnostic } from '../../verdict.ts';
import { ambientDeclarations } from './ambient.ts';
import { emitJavaScript } from './esbuild.ts';
import { findEscapes } from './escapes.ts';
import { compileJavaScript } from './javascript.ts';
import type { Answer, Question } from './question.ts';
import { type Finding, librariesFolder, TypeScriptServer } from './typescript-api.ts';
import { createVirtualFiles, type VirtualFiles } from './virtual-files.ts';

const options = {
  target: 'es2023',
  lib: ['es2023'],
  module: 'esnext',
  moduleResolution: 'bundler',
  moduleDetection: 'force',
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  types: [],
};

const candidateFile = '/candidate/candidate.ts';
const candidateProject = '/candidate/tsconfig.json';
/** The entry's type is checked apart, with a copy, so that a candidate cannot bend the names that it is written in. */
const entryFile = '/entry/entry.ts';
const entryCopy = '/entry/candidate.ts';
const entryProject = '/entry/tsconfig.json';

/** What TypeScript says of an import that is not exported, by the ways in which it can be meant otherwise. */
const notExported = new Set(['TS2305', 'TS2459', 'TS2460', 'TS2613', 'TS2614', 'TS2724']);

const mostDiagnostics = 50;

/** Checks candidates one after the other; nothing of one is left for the next. */
export class Checker {
  readonly #files: VirtualFiles;
  readonly #server: TypeScriptServer;

  constructor() {
    this.#files = createVirtualFiles(librariesFolder());
    const config = (file: string) =>
      JSON.stringify({ compilerOptions: options, files: [file, '/ambient.d.ts'] });
    this.#files.set('/ambient.d.ts', ambientDeclarations);
    this.#files.set(candidateProject, config(candidateFile));
    this.#files.set(entryProject, config(entryFile));
    for (const file of [candidateFile, entryFile, entryCopy]) this.#files.set(file, '');
    this.#server = new TypeScriptServer(this.#files, [candidateProject, entryProject]);
  }

  async answer(question: Question): Promise<Answer> {
    return question.language === 'typescript' ? this.#checkTypeScript(question) : checkJavaScript(question);
  }

  async #checkTypeScript(question: Question): Promise<Answer> {
    const { source, names } = question;
    const findings = this.#findings(question);
    const diagnostics = findings
      .slice(0, mostDiagnostics)
      .map((finding) => placed(finding, source, 'candidate.ts'));
    if (findings.some(({ severity }) => severity === 'error')) return { diagnostics };
    const compiled = await compileJavaScript(await emitJavaScript(source), names, 'candidate.js');
    if ('script' in compiled) return { diagnostics, script: compiled.script };
    // The place would be one in the emitted code.
    const { line, column, ...error } = compiled.error;
    return { diagnostics: [...diagnostics, { ...error, file: 'candidate.ts' }] };
  }

  #findings({ source, forbid, entry }: Question): Finding[] {
    this.#files.set(candidateFile, source);
    const found = this.#server.check(
      candidateProject,
      candidateFile,
      [candidateFile],
      ({ findings, tree }) => {
        const isSound = !findings.some(({ code }) => /^TS1\d{3}$/.test(code));
        return isSound && forbid.length > 0
          ? [...findings, ...findEscapes(source, tree(), forbid)]
          : findings;
      },
    );
    const failed = found.some(({ severity }) => severity === 'error');
    const all = failed || !entry ? found : [...found, ...this.#entryFindings(source, entry)];
    return all.sort((a, b) => (a.start ?? -1) - (b.start ?? -1));
  }

  /** What keeps the entry from having its type; tried as an export, then as a name that is only declared. */
  #entryFindings(source: string, { name, type }: { name: string; type: string }): Finding[] {
    const asExport = this.#entryProblems(source, name, type);
    const isMissing = asExport.some(({ code }) => notExported.has(code));
    if (!isMissing) return asExport.map((problem) => withName(problem, name, type));
    const asDeclared = this.#entryProblems(`${source}\nexport { ${name} };`, name, type);
    const copy = this.#server.check(entryProject, entryCopy, [], ({ findings }) => findings);
    if (copy.length > 0)
      return [{ severity: 'error', message: `there is no function "${name}"`, code: 'undefined' }];
    return asDeclared.map((problem) => withName(problem, name, type));
  }

  #entryProblems(source: string, name: string, type: string): Finding[] {
    this.#files.set(entryCopy, source);
    this.#files.set(
      entryFile,
      `import { ${name} as entry } from './candidate';\nexport const checked: ${type} = entry;`,
    );
    return this.#server.check(entryProject, entryFile, [entryCopy, entryFile], ({ findings }) => findings);
  }

  close(): void {
    this.#server.close();
  }
}

async function checkJavaScript({ source, names }: Question): Promise<Answer> {
  const compiled = await compileJavaScript(source, names, 'candidate.js');
  return 'script' in compiled
    ? { diagnostics: [], script: compiled.script }
    : { diagnostics: [compiled.error] };
}

function placed({ severity, message, code, start }: Finding, source: string, file: string): Diagnostic {
  if (start === undefined) return { severity, message, file, code };
  const before = source.slice(0, start);
  const lineStart = before.lastIndexOf('\n') + 1;
  const line = before.split('\n').length;
  return { severity, message, file, line, column: start - lineStart + 1, code };
}

function withName({ severity, message, code }: Finding, name: string, type: string): Finding {
  return { severity, message: `"${name}" does not have the type ${type}: ${message}`, code };
}
