import { fail } from "../evaluate/fault.ts";

const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const months = "January February March April May June July August September October November December".split(
  " ",
);

/** The time that an ISO 8601 text names, as `now()` gives it; a fault for another text. */
export function timeOf(text: string): Date {
  const isTime = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/.test(
    text,
  );
  // Without a zone it is UTC, whatever the machine is set to.
  const zoned = /[Tt ]/.test(text) && !/(?:Z|[+-]\d{2}:?\d{2})$/.test(text) ? `${text}Z` : text;
  const time = new Date(zoned);
  return isTime && !Number.isNaN(time.getTime())
    ? time
    : fail("value", "needs a time in ISO 8601, such as now() gives.");
}

/** A time written as Python's strftime does, in UTC and English. */
export function formatTime(time: Date, format: string): string {
  return format.replaceAll(/%(.?)/gs, (written: string, code: string) => {
    const part = parts.get(code);
    return part === undefined ? fail("value", `knows no ${written} in a format.`) : part(time);
  });
}

const parts: ReadonlyMap<string, (time: Date) => string> = new Map(
  Object.entries<(time: Date) => string>({
    "%": () => "%",
    Y: (time) => String(time.getUTCFullYear()).padStart(4, "0"),
    y: (time) => pad2(time.getUTCFullYear() % 100),
    m: (time) => pad2(time.getUTCMonth() + 1),
    B: (time) => months[time.getUTCMonth()] ?? "",
    b: (time) => (months[time.getUTCMonth()] ?? "").slice(0, 3),
    d: (time) => pad2(time.getUTCDate()),
    A: (time) => days[time.getUTCDay()] ?? "",
    a: (time) => (days[time.getUTCDay()] ?? "").slice(0, 3),
    H: (time) => pad2(time.getUTCHours()),
    I: (time) => pad2(time.getUTCHours() % 12 || 12),
    p: (time) => (time.getUTCHours() < 12 ? "AM" : "PM"),
    M: (time) => pad2(time.getUTCMinutes()),
    S: (time) => pad2(time.getUTCSeconds()),
    f: (time) => String(time.getUTCMilliseconds() * 1000).padStart(6, "0"),
    j: (time) => String(dayOfYear(time)).padStart(3, "0"),
    Z: () => "UTC",
    z: () => "+0000",
  }),
);

function dayOfYear(time: Date): number {
  return Math.floor((time.getTime() - Date.UTC(time.getUTCFullYear(), 0, 1)) / 86_400_000) + 1;
}

function pad2(value: number): string {
  return String(value).padStart(2, "0");
}
