import type { Diagnostic } from '../../verdict.ts';
import type { Port } from '../spec.ts';

/** A port as the compiler elaborated it. */
export type ElaboratedPort = { name: string; direction: string; width: number };

const scope = /^S_\S+ \.scope module, "[^"]*" "([^"]*)"/;
const portInfo = /^\.port_info \d+ \/(\w+) (\d+) "([^"]*)";$/;

/** The lines of a compiled image that tell of modules and their ports; the outermost come first. */
export function portLines(image: string): string[] {
  return [...image.matchAll(/^.*\.(?:port_info|scope module).*$/gm)].map(([line]) => line.trim());
}

/**
 * The ports of the outermost instance of `top`, from the scope and port lines of a compiled image (the form of
 * Icarus 11 to 13); undefined where there is none.
 */
export function readPorts(lines: string[], top: string): ElaboratedPort[] | undefined {
  const start = lines.findIndex((line) => scope.exec(line)?.[1] === top);
  if (start < 0) return undefined;
  const ports: ElaboratedPort[] = [];
  for (const line of lines.slice(start + 1)) {
    const [, direction = '', width, name = ''] = portInfo.exec(line) ?? [];
    if (width === undefined) break;
    ports.push({ name, direction: direction.toLowerCase(), width: Number(width) });
  }
  return ports;
}

/** Each way in which the ports differ from what the task asks for. */
export function comparePorts(top: string, expected: Port[], found: ElaboratedPort[]): Diagnostic[] {
  const differences: string[] = [];
  for (const { name, direction, width } of expected) {
    const port = found.find((other) => other.name === name);
    if (!port) differences.push(`has no ${direction} "${name}"`);
    else if (port.direction !== direction)
      differences.push(`has "${name}" as ${port.direction}, not as ${direction}`);
    else if (port.width !== width) differences.push(`has "${name}" with ${port.width} bits, not ${width}`);
  }
  for (const { name, direction } of found) {
    if (!expected.some((port) => port.name === name))
      differences.push(`has an ${direction} "${name}" too many`);
  }
  return differences.map((difference) => ({
    severity: 'error',
    message: `module ${top} ${difference}`,
    code: 'ports',
  }));
}
