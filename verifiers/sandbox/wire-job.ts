import { AssayError } from '../errors.ts';
import type { Job, JobFile, Partner } from './job.ts';
import { Packer } from './packer.ts';
import { Unpacker } from './unpacker.ts';

/** What the launcher reads of a job. */
export type JobHead = Omit<Job, 'files' | 'stdin' | 'exchange' | 'partner'> & { exchanges: boolean };
export type PartnerHead = JobHead & Pick<Partner, 'last' | 'gone'>;

/**
 * A job on its way to a slot. `content` is what only its own processes read, in the form of `slot/`: the size of all
 * files, the files, standard input, and the lines of the exchange.
 */
export type WireJob = JobHead & { content: Buffer };
export type WirePartner = PartnerHead & { content: Buffer };

type HeadOf<Kind> = Kind extends Partner ? PartnerHead : JobHead;

export function headOf<Kind extends Job | Partner>(job: Kind): HeadOf<Kind> {
  const { files: _, stdin: _in, exchange, partner: _other, ...head }: Job = job;
  // A partner has fields beside those of a job, which pass.
  return { ...head, exchanges: exchange !== undefined } as HeadOf<Kind>;
}

/** Throws `USAGE` for what no slot could take. */
export function packContent(packer: Packer, { files = [], stdin = '', exchange = [] }: Job | Partner): void {
  const size = packer.reserve();
  const sizeOfFiles = packer.reserve();
  packer.number(files.length);
  for (const { path, content } of files) {
    checkPath(path);
    packer.text(path);
    packer.text(content);
  }
  packer.fill(sizeOfFiles);
  packer.text(stdin);
  packer.text(linesOf(exchange));
  packer.fill(size);
}

/** A job of the launcher's own. */
export function toWire(job: Job): WireJob {
  const packer = new Packer();
  packContent(packer, job);
  return { ...headOf(job), content: new Unpacker(packer.done()).sized() };
}

/** For a slot that has none of the processes of `slot/`. */
export function unpackJob({ content, exchanges, ...head }: WireJob): Job {
  const unpacker = new Unpacker(content);
  unpacker.number();
  const file = (): JobFile => ({ path: unpacker.text().toString(), content: unpacker.text() });
  const files = unpacker.list(file);
  const stdin = unpacker.text();
  const exchange = unpacker.text().toString().split('\n').slice(0, -1);
  return { ...head, files, stdin, ...(exchanges && { exchange }) };
}

function checkPath(path: string): void {
  if (path === '' || path.startsWith('/') || path.includes('\0') || path.split('/').includes('..'))
    throw new AssayError('USAGE', `a job's file "${path}" must be a path inside its folder, without ".."`);
}

/** Each with its end. */
function linesOf(exchange: readonly string[]): string {
  if (exchange.some((line) => line.includes('\n')))
    throw new AssayError('USAGE', 'a line of an exchange must not hold a newline');
  return exchange.length > 0 ? `${exchange.join('\n')}\n` : '';
}
