import type { Environment } from "../http/fetch-with-proxies.ts";

/** The pairs of `name=value,name=value`, with what is percent-encoded in values decoded; null for another text. */
export function pairsOf(text: string): readonly (readonly [string, string])[] | null {
  const pairs: (readonly [string, string])[] = [];
  for (const entry of text.split(",")) {
    if (entry.trim() === "") continue;
    const cut = entry.indexOf("=");
    const name = entry.slice(0, Math.max(cut, 0)).trim();
    const value = decoded(entry.slice(cut + 1).trim());
    if (name === "" || value === null) return null;
    pairs.push([name, value]);
  }
  return pairs;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

/** Milliseconds of the first of these variables that has a number; `otherwise` where none has. */
export function durationOf(env: Environment, names: readonly string[], otherwise: number): number {
  for (const name of names) {
    const text = env[name]?.trim() ?? "";
    // The specification has what cannot be read be as if it were not there.
    if (/^\d{1,9}$/.test(text)) return Number(text);
  }
  return otherwise;
}
