import { expect, it } from 'vitest';
import { isAtLeast, versionIn } from '../../../cli/doctor/versions.ts';

it.each([
  ['bubblewrap 0.8.0', '0.8.0'],
  ['Icarus Verilog version 11.0 (stable) ()', '11.0'],
  ['Verilator 5.006 2023-01-22 rev (Debian 5.006-3)', '5.006'],
  ['Yosys 0.23 (git sha1 7ce5011c24b)', '0.23'],
  ['no version at all', undefined],
])('reads the version out of "%s"', (text, version) => {
  expect(versionIn(text)).toBe(version);
});

it.each([
  ['0.8.0', '0.5.0', true],
  ['0.4.9', '0.5.0', false],
  ['11.0', '11.0', true],
  ['12', '11.9', true],
  ['5.006', '5.6', true],
  ['3.9', '3.10', false],
  ['1.0', '1.0.1', false],
])('knows whether %s is as new as %s', (version, minimum, expected) => {
  expect(isAtLeast(version, minimum)).toBe(expected);
});
