import { type Budget, takeSize } from "../evaluate/budget.ts";
import { fail } from "../evaluate/fault.ts";
import { toText } from "../evaluate/values.ts";
import type { Value } from "../value.ts";
import { numberOf } from "./arguments.ts";
import { pad } from "./texts.ts";

/** `%` flags width .precision conversion: `%s`, `%05d`, `%.2f`, `%-10s`, `%x`, `%%`. */
const DIRECTIVE = /%([-+0 ]*)(\d{0,4})(?:\.(\d{1,2}))?([sdifxXoeg%])/g;

/** Formats values as Python's `%` and C's printf do. */
export function formatText(text: string, values: readonly (Value | undefined)[], budget: Budget): string {
  let next = 0;
  const result = text.replaceAll(
    DIRECTIVE,
    (whole: string, flags: string, width: string, precision: string | undefined, conversion: string) => {
      if (conversion === "%") return "%";
      const value = values[next++];
      if (value === undefined) return fail("value", `has fewer values than places; "${whole}" has none.`);
      const digits = precision === undefined ? undefined : Number(precision);
      const written = convert(value, conversion, digits, flags, budget);
      takeSize(budget, written.length);
      return width === "" ? written : align(written, Number(width), flags, budget);
    },
  );
  if (next < values.length) fail("value", `has ${values.length} values for ${next} places.`);
  return result;
}

function convert(
  value: Value,
  conversion: string,
  digits: number | undefined,
  flags: string,
  budget: Budget,
): string {
  if (conversion === "s") return toText(value, budget).slice(0, digits);
  const number = numberOf(value);
  const sign = number >= 0 && flags.includes("+") ? "+" : "";
  switch (conversion) {
    case "f":
      return sign + number.toFixed(digits ?? 6);
    case "e":
      return sign + number.toExponential(digits ?? 6).replace(/e([+-])(\d)$/, "e$10$2");
    case "g":
      return sign + String(Number(number.toPrecision(Math.max(1, digits ?? 6))));
    case "x":
      return sign + Math.trunc(number).toString(16);
    case "X":
      return sign + Math.trunc(number).toString(16).toUpperCase();
    case "o":
      return sign + Math.trunc(number).toString(8);
  }
  return sign + String(Math.trunc(number));
}

function align(written: string, width: number, flags: string, budget: Budget): string {
  if (flags.includes("-")) return pad(written, width, " ", "end", budget);
  if (!flags.includes("0")) return pad(written, width, " ", "start", budget);
  const sign = /^[+-]/.exec(written)?.[0] ?? "";
  return sign + pad(written.slice(sign.length), width - sign.length, "0", "start", budget);
}
