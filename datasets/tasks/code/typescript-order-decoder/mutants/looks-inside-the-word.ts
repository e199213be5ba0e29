type Line = { sku: string; quantity: number; gift: boolean };
type Order = {
  id: number;
  customer: { name: string; email: string | null };
  due: Date | null;
  lines: Line[];
  tags: Set<string>;
};
type Decoded = { ok: true; order: Order } | { ok: false; problems: string[] };

export function decodeOrder(input: unknown): Decoded {
  if (!isRecord(input)) return { ok: false, problems: ['order'] };
  const problems: string[] = [];

  const id = input.id;
  if (!isWhole(id, Number.MAX_SAFE_INTEGER)) problems.push('order.id');

  let name = '';
  let email: string | null = null;
  if (isRecord(input.customer)) {
    if (typeof input.customer.name === 'string') name = input.customer.name.trim();
    if (name === '') problems.push('order.customer.name');
    const given = input.customer.email ?? null;
    if (given === null || (typeof given === 'string' && /^[^@]+@[^@]+$/.test(given))) email = given;
    else problems.push('order.customer.email');
  } else {
    problems.push('order.customer');
  }

  const due = readDate(input.due ?? null);
  if (due === undefined) problems.push('order.due');

  const lines: Line[] = [];
  if (Array.isArray(input.lines) && input.lines.length > 0) {
    const given: readonly unknown[] = input.lines;
    given.forEach((line, index) => {
      const path = `order.lines[${index}]`;
      if (!isRecord(line)) {
        problems.push(path);
        return;
      }
      const { sku, quantity, gift = false } = line;
      const skuFits = typeof sku === 'string' && /[A-Z][A-Z][0-9][0-9][0-9]/.test(sku);
      if (!skuFits) problems.push(`${path}.sku`);
      if (!isWhole(quantity, 999)) problems.push(`${path}.quantity`);
      if (typeof gift !== 'boolean') problems.push(`${path}.gift`);
      if (skuFits && isWhole(quantity, 999) && typeof gift === 'boolean') lines.push({ sku, quantity, gift });
    });
  } else {
    problems.push('order.lines');
  }

  const tags = new Set<string>();
  if (Array.isArray(input.tags)) {
    const given: readonly unknown[] = input.tags;
    given.forEach((tag, index) => {
      if (typeof tag === 'string' && tag.length > 0) tags.add(tag);
      else problems.push(`order.tags[${index}]`);
    });
  } else if (input.tags !== undefined) {
    problems.push('order.tags');
  }

  if (problems.length > 0 || !isWhole(id, Number.MAX_SAFE_INTEGER) || due === undefined) {
    return { ok: false, problems };
  }
  return { ok: true, order: { id, customer: { name, email }, due, lines, tags } };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function isWhole(value: unknown, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most;
}

/** Undefined for what is neither null nor a date that exists. */
function readDate(value: unknown): Date | null | undefined {
  if (value === null) return null;
  const parts = typeof value === 'string' ? /^(\d{4})-(\d\d)-(\d\d)$/.exec(value) : null;
  if (!parts) return undefined;
  const [year, month, day] = parts.slice(1).map(Number);
  const date = new Date(0);
  date.setUTCFullYear(year ?? 0, (month ?? 0) - 1, day ?? 0);
  return date.getUTCMonth() + 1 === month && date.getUTCDate() === day ? date : undefined;
}
