import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { cacheFolder } from '../../../verifiers/cache-folder.ts';
import { readInterface } from '../../../verifiers/chip/icarus/read-interface.ts';
import { type ChipSpec, type Port, portSchema } from '../../../verifiers/chip/spec.ts';
import { headerPorts } from '../../../verifiers/chip/verilog/header-ports.ts';
import { tokenize } from '../../../verifiers/chip/verilog/tokens.ts';
import type { SandboxHost } from '../../../verifiers/sandbox/index.ts';
import { sha256 } from '../../../verifiers/verdict.ts';

export type InterfaceQuestion = { text: string; top: string; language: ChipSpec['language'] };

const portsSchema = z.array(portSchema).min(1);

/**
 * Reads the ports of references, by elaborating them in a sandbox that is opened when the first is asked for. What was
 * read once is kept in the cache folder; a cache that cannot be written costs time only.
 */
export class InterfaceReader {
  readonly #unsafe: boolean;
  #sandbox: Promise<SandboxHost> | undefined;

  constructor({ unsafe = false }: { unsafe?: boolean } = {}) {
    this.#unsafe = unsafe;
  }

  /** Ports in the order of the design; of one that does not elaborate, as far as its text tells them. */
  async portsOf(question: InterfaceQuestion): Promise<Port[]> {
    const file = join(cacheFolder(), 'ports', `${sha256(JSON.stringify(['1', question]))}.json`);
    const known = await readPortsFile(file);
    if (known) return known;
    const { ports = [] } = await readInterface(await this.#open(), question);
    const read = portsSchema.safeParse(ports);
    if (!read.success) return headerPorts(tokenize(question.text), question.top);
    await writePortsFile(file, read.data).catch(() => {});
    return read.data;
  }

  async close(): Promise<void> {
    await (await this.#sandbox?.catch(() => undefined))?.close();
  }

  async #open(): Promise<SandboxHost> {
    const { openVerifierSandbox } = await import('../../../verifiers/open.ts');
    this.#sandbox ??= openVerifierSandbox({ unsafe: this.#unsafe, slots: 1 });
    return this.#sandbox;
  }
}

async function readPortsFile(file: string): Promise<Port[] | undefined> {
  try {
    return portsSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}

/** Another process may read or write the same file. */
async function writePortsFile(file: string, ports: Port[]): Promise<void> {
  await mkdir(join(file, '..'), { recursive: true });
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, JSON.stringify(ports));
  await rename(draft, file);
}
