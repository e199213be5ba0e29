type Line = { sku: string; quantity: number; gift: boolean };
type Order = {
  id: number;
  customer: { name: string; email: string | null };
  due: Date | null;
  lines: Line[];
  tags: Set<string>;
};
type Decoded = { ok: true; order: Order } | { ok: false; problems: string[] };

type Properties = { readonly [name: string]: unknown };
type Decoder<T> = (input: unknown, path: string) => T;

export function decodeOrder(input: unknown): Decoded {
  const problems: string[] = [];

  /** Notes the path and gives a stand-in, which is never returned to anybody. */
  const wrong = <T>(path: string, standIn: T): T => {
    problems.push(path);
    return standIn;
  };
  const text =
    (sound: (text: string) => boolean): Decoder<string> =>
    (value, path) =>
      typeof value === 'string' && sound(value) ? value : wrong(path, '');
  const whole =
    (least: number, most: number): Decoder<number> =>
    (value, path) =>
      Number.isInteger(value) && typeof value === 'number' && value >= least && value <= most
        ? value
        : wrong(path, 0);
  const optional =
    <T, U>(decode: Decoder<T>, absent: U): Decoder<T | U> =>
    (value, path) =>
      value === undefined ? absent : decode(value, path);
  const nullable = <T>(decode: Decoder<T>): Decoder<T | null> =>
    optional((value, path) => (value === null ? null : decode(value, path)), null);
  const list =
    <T>(decode: Decoder<T>, least: number): Decoder<T[]> =>
    (value, path) =>
      Array.isArray(value) && value.length >= least
        ? value.map((item: unknown, index) => decode(item, `${path}[${index}]`))
        : wrong(path, []);

  const flag: Decoder<boolean> = (value, path) => (typeof value === 'boolean' ? value : wrong(path, false));
  const date: Decoder<Date> = (value, path) => parseDate(value) ?? wrong(path, new Date(0));

  const customer: Decoder<Order['customer']> = (value, path) => {
    if (!isObject(value)) return wrong(path, { name: '', email: null });
    return {
      name: text((name) => name.trim() !== '')(value.name, `${path}.name`).trim(),
      email: nullable(text(isEmail))(value.email, `${path}.email`),
    };
  };
  const line: Decoder<Line> = (value, path) => {
    if (!isObject(value)) return wrong(path, { sku: '', quantity: 0, gift: false });
    return {
      sku: text((sku) => /^[A-Z]{2}\d{3}$/.test(sku))(value.sku, `${path}.sku`),
      quantity: whole(1, 999)(value.quantity, `${path}.quantity`),
      gift: optional(flag, false)(value.gift, `${path}.gift`),
    };
  };

  if (!isObject(input)) return { ok: false, problems: ['order'] };
  const order: Order = {
    id: whole(1, Number.MAX_SAFE_INTEGER)(input.id, 'order.id'),
    customer: customer(input.customer, 'order.customer'),
    due: nullable(date)(input.due, 'order.due'),
    lines: list(line, 1)(input.lines, 'order.lines'),
    tags: new Set(optional(list(text((tag) => tag !== ''), 0), [])(input.tags, 'order.tags')),
  };
  return problems.length > 0 ? { ok: false, problems } : { ok: true, order };
}

function isObject(value: unknown): value is Properties {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEmail(text: string): boolean {
  const [user, host, ...rest] = text.split('@');
  return Boolean(user) && Boolean(host) && rest.length === 0;
}

function parseDate(value: unknown): Date | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return undefined;
  const date = new Date(`${value}T00:00:00.000Z`);
  const exists = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
  return exists ? date : undefined;
}
