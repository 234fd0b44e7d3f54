import type { ForkOrigin } from "#core/journal";
import type { RecordedStatus } from "#host";
import { type Channel, printable } from "../terminal.ts";

/** A time in milliseconds since 1970, to the second, in UTC. */
export function timeWords(ms: number | null): string {
  return ms === null ? "-" : `${new Date(ms).toISOString().slice(0, 19).replace("T", " ")}Z`;
}

/** A span of milliseconds, as exact as it is worth saying. */
export function durationWords(ms: number | null): string {
  if (ms === null) return "-";
  if (ms < 1000) return `${ms} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 60) return `${minutes} min ${Math.floor((ms % 60_000) / 1000)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Tokens that went in and came out; `-` where no provider told any. */
export function tokenWords(input: number | null, output: number | null): string {
  return input === null && output === null ? "-" : `${input ?? "?"}/${output ?? "?"}`;
}

/** US dollars; small sums to the hundredth of a cent and below, which a call of a small model costs. */
export function costWords(dollars: number): string {
  return `$${dollars > 0 && dollars < 1 ? dollars.toFixed(dollars < 0.0001 ? 6 : 4) : dollars.toFixed(2)}`;
}

/** What a run was forked from, where, and what was changed: `run 7k3f9 after event 12, draft.config.prompt`. */
export function forkWords({ runId, seq, changes }: ForkOrigin): string {
  return [`run ${printable(runId)} after event ${seq}`, ...changes.map(printable)].join(", ");
}

/** Bytes in powers of 1024. */
export function sizeWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const units = ["KB", "MB", "GB", "TB"];
  let size = bytes / 1024;
  while (size >= 1024 && units.length > 1) {
    size /= 1024;
    units.shift();
  }
  return `${size.toFixed(1)} ${units[0] ?? ""}`;
}

/** How a run or a stage is, in its colour. */
export function statusWord(
  status: RecordedStatus | "skipped" | "cached",
  padded: string,
  { style }: Channel,
): string {
  switch (status) {
    case "succeeded":
    case "cached":
      return style("green", padded);
    case "failed":
    case "cut-off":
    case "crashed":
    case "unreadable":
      return style("red", padded);
    case "running":
    case "waiting":
      return style("blue", padded);
    case "cancelled":
      return style("yellow", padded);
    case "skipped":
      return style("gray", padded);
  }
}

/** Lines of columns, each as wide as its widest cell. */
export function columns(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, cell.length);
  return rows.map((row) => row.map((cell, index) => cell.padEnd(widths[index] ?? 0)));
}
