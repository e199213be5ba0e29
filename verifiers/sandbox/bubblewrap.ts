import type { View } from './view.ts';

/** How one bubblewrap differs from another. */
export type Enclosure = {
  view: View;
  environment: Readonly<Record<string, string>>;
  /** Size of each of `/work`, `/tmp` and `/dev/shm`, in bytes. */
  diskBytes: number;
  /** Descriptors of files to be copied into `/work`, by path. */
  files?: readonly { fd: number; path: string }[];
  /** Descriptor of the seccomp filter. A fork server goes without: it filters each candidate. */
  seccompFd?: number;
  /** Descriptor to which bubblewrap reports that it has started the program. */
  statusFd?: number;
  /** A host folder mounted writable at `/run/assay`, for a fork server's socket. */
  socketFolder?: string;
};

/** The arguments of bubblewrap, up to the program and its own arguments. */
export function bubblewrapArguments(enclosure: Enclosure): string[] {
  const { view, environment, diskBytes, files = [], seccompFd, statusFd, socketFolder } = enclosure;
  const size = ['--size', String(diskBytes), '--tmpfs'];
  return [
    ...['--unshare-user', '--unshare-pid', '--unshare-net', '--unshare-ipc', '--unshare-uts'],
    ...['--unshare-cgroup-try', '--die-with-parent', '--new-session', '--clearenv', '--hostname', 'sandbox'],
    ...['--cap-drop', 'ALL', ...(socketFolder ? ['--cap-add', 'CAP_SYS_ADMIN'] : ['--disable-userns'])],
    ...view.mounts.flatMap(({ source, target }) => ['--ro-bind', source, target]),
    ...view.symlinks.flatMap(({ target, path }) => ['--symlink', target, path]),
    ...view.masks.flatMap((path) => ['--size', '4096', '--tmpfs', path]),
    ...['--proc', '/proc', '--dev', '/dev', ...size, '/dev/shm', ...size, '/work', ...size, '/tmp'],
    ...(socketFolder ? ['--bind', socketFolder, '/run/assay'] : ['--remount-ro', '/proc', '--dir', '/run']),
    ...files.flatMap(({ fd, path }) => ['--file', String(fd), `/work/${path}`]),
    ...Object.entries(environment).flatMap(([name, value]) => ['--setenv', name, value]),
    ...(seccompFd === undefined ? [] : ['--seccomp', String(seccompFd)]),
    ...(statusFd === undefined ? [] : ['--json-status-fd', String(statusFd)]),
    ...['--chdir', '/work', '--'],
  ];
}

/** What every sandboxed program finds in its environment; the same everywhere, so that runs are the same. */
export function baseEnvironment(view: View): Record<string, string> {
  return {
    PATH: view.path,
    HOME: '/work',
    TMPDIR: '/tmp',
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    PYTHONHASHSEED: '0',
    PYTHONSAFEPATH: '1',
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONUTF8: '1',
  };
}
