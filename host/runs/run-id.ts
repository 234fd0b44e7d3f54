/**
 * The id of a run that starts at `ms` (since 1970): `20261126-111046-7k3f9`. It sorts by time, to the millisecond: date
 * and time in UTC, then the millisecond in two digits of base 32 and three random ones, which are easy to type alone.
 * `random` gives numbers from 0 up to 1.
 */
export function newRunId(ms: number, random: () => number): string {
  const [date = "", time = ""] = new Date(ms).toISOString().split("T");
  const millisecond = ms % 1000;
  let ending = digit(millisecond >> 5) + digit(millisecond & 31);
  for (let place = 0; place < 3; place++) ending += digit(Math.floor(random() * DIGITS.length));
  return `${date.replaceAll("-", "")}-${time.slice(0, 8).replaceAll(":", "")}-${ending}`;
}

/** Whether a text can be the id of a run, and so the name of its folder: those of other tools are ids too. */
export function isRunId(text: string): boolean {
  return /^[A-Za-z0-9_][\w-]{0,99}$/.test(text);
}

/** When the run of an id of ours started, in milliseconds since 1970, to the second; null for another id. */
export function startOfRunId(id: string): number | null {
  const parts = /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-[0-9a-z]{5}$/.exec(id);
  if (parts === null) return null;
  const [, year, month, day, hour, minute, second] = parts;
  const ms = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(ms) ? null : ms;
}

/** Crockford's base 32: no i, l, o and u, and in the order of their codes. */
const DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";

function digit(value: number): string {
  return DIGITS[value] ?? "0";
}
