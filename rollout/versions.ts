import { version } from '../verifiers/version.ts';

/** What a run was made with, beside the tools that each verdict names. */
export function versions(): Record<string, string> {
  const { node, v8 } = process.versions;
  return { assay: version, node, v8, platform: `${process.platform}-${process.arch}` };
}
