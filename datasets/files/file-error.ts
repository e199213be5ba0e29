import { AssayError, type ErrorCode } from '../../verifiers/errors.ts';

/** What the system's error codes mean to a person, and the code they become. */
const meanings: Record<string, { code: ErrorCode; what: string; remedy: string }> = {
  ENOENT: { code: 'FILE_UNREADABLE', what: 'does not exist', remedy: 'check the path' },
  ENOTDIR: { code: 'FILE_UNREADABLE', what: 'is not a folder', remedy: 'check the path' },
  EEXIST: { code: 'FILE_UNREADABLE', what: 'is not a folder', remedy: 'choose another path' },
  EISDIR: { code: 'FILE_UNREADABLE', what: 'is a folder', remedy: 'name a file' },
  EACCES: { code: 'FILE_UNREADABLE', what: 'may not be opened', remedy: 'check its permissions' },
  EPERM: { code: 'FILE_UNREADABLE', what: 'may not be opened', remedy: 'check its permissions' },
  EROFS: { code: 'FILE_UNREADABLE', what: 'is on a read-only disk', remedy: 'choose another folder' },
  ENOSPC: {
    code: 'DISK_FULL',
    what: 'cannot grow: the disk is full',
    remedy: 'free some space, then resume',
  },
  EDQUOT: {
    code: 'DISK_FULL',
    what: 'cannot grow: the quota is used up',
    remedy: 'free some space, then resume',
  },
  EFBIG: {
    code: 'DISK_FULL',
    what: 'cannot grow: the file size limit is reached',
    remedy: 'raise it (ulimit -f), then resume',
  },
};

/** Turns an error of the file system into a known one that names the file and what to do; others stay as they are. */
export function fileError(path: string, thrown: unknown): unknown {
  const systemCode = (thrown as NodeJS.ErrnoException | undefined)?.code ?? '';
  const meaning = meanings[systemCode];
  if (!meaning || thrown instanceof AssayError) return thrown;
  return new AssayError(meaning.code, `${path} ${meaning.what} — ${meaning.remedy}`, { cause: thrown });
}
