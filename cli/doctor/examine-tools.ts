import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { type PackageManager, readToolTable, type SystemTool } from './tool-table.ts';
import { isAtLeast, versionIn } from './versions.ts';

export type ToolFinding = {
  name: string;
  command: string;
  purpose: string;
  /** `absent`: missing, and only some tasks need it. */
  state: 'ok' | 'missing' | 'absent' | 'too old' | 'broken';
  path?: string;
  version?: string;
  minimum: string;
  /** The command that mends it. */
  remedy?: string;
};

/** Looks at each program that Assay needs of the system. */
export async function examineTools(): Promise<ToolFinding[]> {
  const { tools, managers } = await readToolTable();
  const manager = managers.find(({ command }) => findOnPath(command) !== undefined);
  return Promise.all(
    tools.map(async (tool) => {
      const finding = await examine(tool);
      return finding.state === 'ok' ? finding : { ...finding, remedy: remedyFor(tool, manager) };
    }),
  );
}

async function examine(tool: SystemTool): Promise<ToolFinding> {
  const { name, command, minimum, optional } = tool;
  const path = findOnPath(command);
  const known = { name, command, purpose: tool.for, minimum };
  if (path === undefined) return { ...known, state: optional ? 'absent' : 'missing' };
  const version = await askVersion(path, tool.version);
  if (version === undefined) return { ...known, path, state: 'broken' };
  return { ...known, path, version, state: isAtLeast(version, minimum) ? 'ok' : 'too old' };
}

async function askVersion(path: string, args: readonly string[]): Promise<string | undefined> {
  try {
    const { stdout, stderr } = await promisify(execFile)(path, args, { timeout: 10_000 });
    return versionIn(stdout) ?? versionIn(stderr);
  } catch {
    return undefined;
  }
}

function remedyFor({ name, packages }: SystemTool, manager: PackageManager | undefined): string {
  const packageName = manager && packages[manager.name];
  if (!manager || !packageName) return `install ${name} with the package manager of this system`;
  const rights = process.getuid?.() === 0 || manager.name === 'brew' ? '' : 'sudo ';
  return `${rights}${manager.install} ${packageName}`;
}

function findOnPath(command: string): string | undefined {
  const places = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, command));
  return places.find((place) => {
    try {
      accessSync(place, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
