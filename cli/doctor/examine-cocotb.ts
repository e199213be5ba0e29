import { readdir } from 'node:fs/promises';
import { cocotbSource } from '../../verifiers/chip/icarus/needs.ts';

/** The packages that harnesses of chip design in Python need; a machine is healthy without. */
export type CocotbFinding = { folder: string; version?: string };

/** Looks into the folder that harnesses import cocotb from. */
export async function examineCocotb(): Promise<CocotbFinding> {
  const folder = cocotbSource();
  const names = await readdir(folder).catch(() => []);
  const [version] = names.flatMap((name) => /^cocotb-([\d.]+)\.dist-info$/.exec(name)?.[1] ?? []);
  return { folder, ...(version !== undefined && { version }) };
}
