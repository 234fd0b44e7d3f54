import { randomUUID } from "node:crypto";
import {
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  unlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import { hasCode } from "../has-code.ts";
import { orMissing } from "../inside.ts";
import {
  decodeEntry,
  decodeHead,
  type EntryBody,
  type EntryHead,
  encodeEntry,
  mostEntryBytes,
} from "./cache-entry.ts";
import type { KeyedHash } from "./cache-key.ts";

/** The entries of a workspace: a folder for each group, a file for each key. */
export interface EntryStore {
  readonly folder: string;
  readonly hash: KeyedHash;
}

/** What there is under a key. */
export type FoundEntry =
  | { readonly kind: "found"; readonly head: EntryHead; readonly body: EntryBody }
  | { readonly kind: "absent" }
  | { readonly kind: "expired" }
  /** It is not what was written; it is removed. */
  | { readonly kind: "damaged" };

/** Reads the entry of a key at `now`, in milliseconds since 1970, and notes that it was of use. */
export async function readEntry(
  store: EntryStore,
  group: string,
  key: string,
  now: number,
): Promise<FoundEntry> {
  const path = pathOf(store, group, key);
  const found = await orMissing(stat(path));
  if (found === undefined) return { kind: "absent" };
  const bytes =
    found.isFile() && found.size <= mostEntryBytes ? await orMissing(readFile(path)) : new Uint8Array();
  if (bytes === undefined) return { kind: "absent" };
  const entry = decodeEntry(bytes, store.hash);
  if (entry === undefined || entry.head.key !== key || entry.head.group !== group) {
    await removeQuietly(path);
    return { kind: "damaged" };
  }
  const { expiresAt } = entry.head;
  if (expiresAt !== null && expiresAt <= now) return { kind: "expired" };
  // What was of use last is removed last. One that is gone by now was read all the same.
  await orMissing(utimes(path, new Date(now), new Date(now)));
  return { kind: "found", ...entry };
}

/** Stores an entry in place of one of its key; gives its bytes, or null where it is larger than an entry can be. */
export async function writeEntry(
  store: EntryStore,
  head: EntryHead,
  body: EntryBody,
): Promise<number | null> {
  const bytes = encodeEntry(head, body, store.hash);
  if (bytes.length > mostEntryBytes) return null;
  const path = pathOf(store, head.group, head.key);
  await mkdir(folderOf(store, head.group), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    // Not forced to the disk: one that a power cut leaves in pieces is found out when it is read.
    await writeFile(temporary, bytes, { mode: 0o600, flag: "wx" });
    await rename(temporary, path);
  } catch (error) {
    await orMissing(unlink(temporary));
    throw error;
  }
  return bytes.length;
}

/** An entry's file. */
export interface EntryFile {
  readonly path: string;
  readonly bytes: number;
  /** When it was of use last, in milliseconds since 1970. */
  readonly usedAt: number;
}

/** The files of all entries, and of what was left half written. */
export async function entryFiles({ folder }: Pick<EntryStore, "folder">): Promise<readonly EntryFile[]> {
  const groups = (await orMissing(readdir(folder, { withFileTypes: true }))) ?? [];
  const files: EntryFile[] = [];
  for (const group of groups) {
    if (!group.isDirectory()) continue;
    for (const name of (await orMissing(readdir(join(folder, group.name)))) ?? []) {
      const path = join(folder, group.name, name);
      const found = await orMissing(stat(path));
      if (found?.isFile() === true) files.push({ path, bytes: found.size, usedAt: found.mtimeMs });
    }
  }
  return files;
}

/** The heads of the entries of a group, in no order; those that cannot be read are left out. */
export async function headsOf(store: EntryStore, group: string): Promise<readonly EntryHead[]> {
  const folder = folderOf(store, group);
  const heads: EntryHead[] = [];
  for (const name of (await orMissing(readdir(folder))) ?? []) {
    const head = NAME.test(name) ? await headOf(join(folder, name)) : undefined;
    if (head?.group === group && head.key === name) heads.push(head);
  }
  return heads;
}

/** The head in a file; undefined where there is none. */
export async function headOf(path: string): Promise<EntryHead | undefined> {
  // Opening a pipe waits for someone to write into it.
  if ((await orMissing(stat(path)))?.isFile() !== true) return undefined;
  const file = await orMissing(open(path, "r"));
  if (file === undefined) return undefined;
  try {
    for await (const line of file.readLines({ autoClose: false, end: MOST_HEAD_BYTES }))
      return decodeHead(line);
    return undefined;
  } finally {
    await file.close();
  }
}

/** Removes a file that may be gone, or in use by another process, by now. */
export async function removeQuietly(path: string): Promise<boolean> {
  try {
    await rm(path);
    return true;
  } catch (error) {
    if (hasCode(error, "ENOENT", "EBUSY", "EPERM", "EACCES", "EISDIR", "ERR_FS_EISDIR")) return false;
    throw error;
  }
}

const NAME = /^[0-9a-f]{32}$/;
const MOST_HEAD_BYTES = 1024 ** 2;

function folderOf({ folder, hash }: EntryStore, group: string): string {
  return join(folder, hash.short("group", group));
}

function pathOf(store: EntryStore, group: string, key: string): string {
  return join(folderOf(store, group), key);
}
