const pattern =
  /^([+-]\d{6}|\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,6}))?)?(Z|[+-]\d{2}:?\d{2}(?::?\d{2})?)?)?$/;

/**
 * One spelling for each date and each moment: a date as `2020-01-31`, a time without a zone as it is written, a time
 * with a zone in UTC. `alwaysMoments`: dates and times without a zone are moments in UTC, as JavaScript's `Date`
 * holds them. Undefined for what is no date; `invalid` stands for JavaScript's invalid date.
 */
export function canonicalDate(iso: string, alwaysMoments: boolean): string | undefined {
  if (iso === 'invalid') return iso;
  const [, year, month, day, hour, minute, second = '00', fraction = '', zone] = pattern.exec(iso) ?? [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const date = `${year}-${month}-${day}`;
  const milliseconds = Date.parse(`${date}T${hour ?? '00'}:${minute ?? '00'}:${second}Z`);
  if (Number.isNaN(milliseconds) || !new Date(milliseconds).toISOString().startsWith(date)) return undefined;
  if (hour === undefined && !alwaysMoments) return date;
  const seconds = new Date(milliseconds - offsetMs(zone)).toISOString().replace(/\.000Z$/, '');
  const digits = fraction.replace(/0+$/, '');
  return `${seconds}${digits && `.${digits}`}${zone || alwaysMoments ? 'Z' : ''}`;
}

function offsetMs(zone: string | undefined): number {
  const [, sign, hours, minutes, seconds = '0'] =
    /^([+-])(\d{2}):?(\d{2})(?::?(\d{2}))?$/.exec(zone ?? '') ?? [];
  const total = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60 + Number(seconds);
  return total * (sign === '-' ? -1000 : 1000);
}
