import type { JsonNode, Span } from "../json-node.ts";
import type { Field } from "../model.ts";
import { fieldNamed } from "../stage/field-reader.ts";

/** How a stage wants its output kept: `cache` (docs/cache.md). */
export interface WrittenCache {
  /** The inputs that count, as written; null for all. */
  readonly inputs: readonly Text[] | null;
  /** Paths and patterns of files, relative to the workspace with `/`. */
  readonly files: readonly string[];
  readonly outputs: readonly string[];
  /** Names of environment variables. */
  readonly env: readonly string[];
  readonly scope: CacheScope;
  /** Milliseconds; null for as long as there is room. */
  readonly retentionMs: number | null;
}

/** Who shares what is kept. */
export type CacheScope = "pipeline" | "workspace";

/** The same, as values. */
export const cacheScopes = ["pipeline", "workspace"] as const;

/** Fields of `cache`. */
export const cacheFields = ["inputs", "files", "outputs", "env", "scope", "retention"] as const;

/** A part of `cache` that a run cannot use. */
export interface CacheFault {
  readonly span: Span;
  readonly message: string;
}

/** What a stage says of its cache: null where it has none, and what is wrong with it. */
export interface ReadCache {
  readonly field: Field | null;
  readonly cache: WrittenCache | null;
  readonly faults: readonly CacheFault[];
}

interface Text {
  readonly value: string;
  readonly span: Span;
}

type Faults = CacheFault[];

/** Reads `cache`: true, or an object with {@link cacheFields}. */
export function readCache(fields: readonly Field[]): ReadCache {
  const field = fieldNamed(fields, "cache");
  if (field === undefined) return NONE;
  const { value } = field;
  if (value.kind === "null" || value.kind === "error") return NONE;
  if (value.kind === "boolean") return value.value ? { field, cache: EVERYTHING, faults: [] } : NONE;
  if (value.kind !== "object") {
    const message = `"cache" is true, or an object with ${cacheFields.join(", ")}.`;
    return { field, cache: null, faults: [{ span: value.span, message }] };
  }
  const faults: Faults = [];
  for (const { key, keySpan } of value.properties) {
    if (cacheFields.some((known) => known === key)) continue;
    faults.push({
      span: keySpan,
      message: `"cache" has no field "${key}". It may have ${cacheFields.join(", ")}.`,
    });
  }
  const node = (name: (typeof cacheFields)[number]): JsonNode | undefined => {
    const found = fieldNamed(value.properties, name)?.value;
    return found?.kind === "null" || found?.kind === "error" ? undefined : found;
  };
  const inputs = node("inputs");
  const cache: WrittenCache = {
    inputs: inputs === undefined ? null : texts("inputs", inputs, faults),
    files: paths("files", node("files"), faults),
    outputs: paths("outputs", node("outputs"), faults),
    env: variables(node("env"), faults),
    scope: scopeOf(node("scope"), faults),
    retentionMs: retentionOf(node("retention"), faults),
  };
  return { field, cache, faults };
}

const NONE: ReadCache = { field: null, cache: null, faults: [] };

const EVERYTHING: WrittenCache = {
  inputs: null,
  files: [],
  outputs: [],
  env: [],
  scope: "pipeline",
  retentionMs: null,
};

function texts(name: string, node: JsonNode | undefined, faults: Faults): readonly Text[] {
  if (node === undefined) return [];
  const items = node.kind === "array" ? node.items : null;
  if (items === null) {
    faults.push({ span: node.span, message: `"cache.${name}" is a list of texts.` });
    return [];
  }
  return items.flatMap((item) => {
    if (item.kind === "string" && item.value !== "" && !item.value.includes("{{"))
      return [{ value: item.value, span: item.span }];
    faults.push({
      span: item.span,
      message: `Each item of "cache.${name}" is a text that is not empty and has no {{ }} in it.`,
    });
    return [];
  });
}

function paths(name: "files" | "outputs", node: JsonNode | undefined, faults: Faults): readonly string[] {
  const found = texts(name, node, faults);
  for (const { value, span } of found) {
    const why = pathFault(value) ?? (name === "outputs" ? toolFault(value) : null);
    if (why !== null) faults.push({ span, message: `"${value}" in "cache.${name}" ${why}` });
  }
  return found.map(({ value }) => value.replace(/^\.\//, "").replace(/\/$/, ""));
}

function pathFault(path: string): string | null {
  if (path.includes("\\") || path.includes("\0")) return "is no path: write it with /.";
  const parts = path.split("/");
  if (path.startsWith("/") || /^[a-z]:/i.test(path) || parts.includes(".."))
    return "leads out of the workspace. Write a path relative to the folder of flowmason.json.";
  return null;
}

function toolFault(path: string): string | null {
  return isForTools(path) ? "is not a stage's to write: it holds settings or code of tools." : null;
}

/**
 * Whether a path, relative to the workspace with `/`, is of a pipeline, settings or code: what a cache restored there
 * would change what runs later. A pattern that is not may still name files that are.
 */
export function isForTools(path: string): boolean {
  const parts = path.replace(/^\.\//, "").toLowerCase().split("/");
  const isTool = (part: string): boolean => part.startsWith(".") || TOOLS.has(part);
  return parts.some(isTool) || parts[0] === "components" || path.toLowerCase().endsWith(".pipeline.json");
}

const TOOLS: ReadonlySet<string> = new Set(["flowmason.json", "node_modules"]);

function variables(node: JsonNode | undefined, faults: Faults): readonly string[] {
  const found = texts("env", node, faults);
  for (const { value, span } of found) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(value))
      faults.push({ span, message: `"${value}" in "cache.env" is no name of an environment variable.` });
  }
  return found.map(({ value }) => value);
}

function scopeOf(node: JsonNode | undefined, faults: Faults): CacheScope {
  if (node === undefined) return "pipeline";
  const scope = cacheScopes.find((each) => node.kind === "string" && node.value === each);
  if (scope === undefined)
    faults.push({ span: node.span, message: `"cache.scope" is one of ${cacheScopes.join(", ")}.` });
  return scope ?? "pipeline";
}

function retentionOf(node: JsonNode | undefined, faults: Faults): number | null {
  if (node === undefined) return null;
  const [, amount, unit] =
    (node.kind === "string" ? /^([0-9]{1,9}(?:\.[0-9]{1,9})?) ?([mhdw])$/.exec(node.value) : null) ?? [];
  const ms = Number(amount) * (UNITS.get(unit ?? "") ?? 0);
  if (ms > 0) return ms;
  faults.push({ span: node.span, message: '"cache.retention" is a text such as "12h", "7d" or "4w".' });
  return null;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const UNITS: ReadonlyMap<string, number> = new Map([
  ["m", MINUTE],
  ["h", 60 * MINUTE],
  ["d", DAY],
  ["w", 7 * DAY],
]);
