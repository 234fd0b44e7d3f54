import * as z from "zod";
import type { CacheIngredients, Json } from "#core/ports";
import type { KeyedHash } from "./cache-key.ts";
import { cacheFormat } from "./ingredients.ts";

/** What is told of an entry without reading what it holds. */
export interface EntryHead {
  readonly key: string;
  readonly group: string;
  readonly ingredients: CacheIngredients;
  /** The run that stored it. */
  readonly run: string;
  /** Milliseconds since 1970. */
  readonly storedAt: number;
  /** From when on it counts no longer; null for never. */
  readonly expiresAt: number | null;
}

/** What an entry holds. */
export interface EntryBody {
  readonly output: Json;
  readonly files: readonly KeptFile[];
}

/** A file that came with an output. */
export interface KeptFile {
  /** Relative to the root, with `/`. */
  readonly path: string;
  readonly isExecutable: boolean;
  readonly content: Uint8Array;
}

/** Bytes of an entry at most. */
export const mostEntryBytes = 64 * 1024 ** 2;

/** An entry as a file: a line for the head, one for the body, and one that shows whether they are whole. */
export function encodeEntry(head: EntryHead, { output, files }: EntryBody, hash: KeyedHash): Uint8Array {
  const body = {
    output,
    files: files.map(({ content, ...file }) => ({
      ...file,
      content: Buffer.from(content).toString("base64"),
    })),
  };
  const lines = Buffer.from(`${JSON.stringify({ format: cacheFormat, ...head })}\n${JSON.stringify(body)}\n`);
  return Buffer.concat([lines, Buffer.from(hash.whole(lines))]);
}

/** The entry, or undefined for bytes that are not those that were written. */
export function decodeEntry(
  bytes: Uint8Array,
  hash: KeyedHash,
): { readonly head: EntryHead; readonly body: EntryBody } | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const lines = buffer.subarray(0, -DIGITS);
  if (buffer.length < DIGITS || hash.whole(lines) !== buffer.toString("latin1", lines.length))
    return undefined;
  // It was written by this version, byte by byte: nothing of it can be of another shape.
  const [first = "", second = ""] = lines.toString("utf8").split("\n");
  const head = decodeHead(first);
  if (head === undefined) return undefined;
  const { output, files } = JSON.parse(second) as {
    readonly output: Json;
    readonly files: readonly (Omit<KeptFile, "content"> & { readonly content: string })[];
  };
  const kept = files.map(({ content, ...file }) => ({ ...file, content: Buffer.from(content, "base64") }));
  return { head, body: { output, files: kept } };
}

/** The head of an entry by its first line; undefined where that is none. */
export function decodeHead(line: string): EntryHead | undefined {
  try {
    return headSchema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}

const DIGITS = 64;

const headSchema = z.object({
  format: z.literal(cacheFormat),
  key: z.string(),
  group: z.string(),
  ingredients: z.record(z.string(), z.string()),
  run: z.string(),
  storedAt: z.number(),
  expiresAt: z.number().nullable(),
});
