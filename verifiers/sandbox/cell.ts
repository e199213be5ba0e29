import { type CgroupParent, createCgroup, type OwnCgroup } from './cgroup-parent.ts';
import { takeUid } from './identity.ts';

/** The identity and the bounds that one slot or service lives in, for as long as it lives. */
export type Cell = {
  name: string;
  uid: number | undefined;
  cgroup: OwnCgroup | undefined;
  /**
   * The command that enters the cell and then becomes `argv`. A job's program has `ulimits`, and goes first when
   * memory runs out.
   */
  enter(argv: readonly string[], ulimits?: Ulimits): string[];
  release(): void;
};

/** Options of the shell's `ulimit`, by letter. */
export type Ulimits = Readonly<Record<string, number>>;

const script =
  'n=$1; shift; while [ "$n" -gt 0 ]; do echo 0 >"$1" || exit 125; shift; n=$((n-1)); done; ' +
  'n=$1; shift; [ "$n" -gt 0 ] && echo 1000 >/proc/self/oom_score_adj; ' +
  'while [ "$n" -gt 0 ]; do ulimit "-$1" "$2" || exit 125; shift 2; n=$((n-1)); done; exec "$@"';

/** `ownUser`: with a host user id of its own, where this program may give one. */
export function createCell(name: string, parent: CgroupParent | undefined, ownUser: boolean): Cell {
  const identity = ownUser ? takeUid() : undefined;
  const cgroup = parent && createCgroup(parent, name);
  const drop = identity
    ? [
        'setpriv',
        '--reuid',
        String(identity.uid),
        '--regid',
        String(identity.uid),
        '--clear-groups',
        '--inh-caps=-all',
      ]
    : [];
  return {
    name,
    uid: identity?.uid,
    cgroup,
    enter(argv, ulimits = {}) {
      const entrances = cgroup?.entrances ?? [];
      const bounds = Object.entries(ulimits).map(([letter, value]) => [letter, String(value)]);
      const counted = [String(entrances.length), ...entrances, String(bounds.length), ...bounds.flat()];
      return ['sh', '-c', script, 'sh', ...counted, ...drop, ...argv];
    },
    release() {
      cgroup?.remove();
      identity?.release();
    },
  };
}
