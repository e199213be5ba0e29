import { expect, test } from 'vitest';
import { formatTable } from '../../cli/table.ts';

test('columns are as wide as their longest cell, numbers stand to the right, empty columns are left out', () => {
  const columns = [{ heading: 'task' }, { heading: 'note' }, { heading: 'n', right: true }];
  const rows = [
    ['a', '', '5'],
    ['longer', '', '100'],
  ];
  expect(formatTable(columns, rows)).toBe('task      n\na         5\nlonger  100');
});
