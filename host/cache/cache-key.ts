import { createHmac, randomBytes, randomUUID } from "node:crypto";
import { link, lstat, readFile, rename, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { hasCode } from "../has-code.ts";
import { orMissing } from "../inside.ts";

/** Hashes that mean nothing to whoever lacks the workspace's key: what is hashed may be short, or a secret. */
export interface KeyedHash {
  /** 32 digits: to compare and to name files with. */
  short(what: string, ...parts: readonly (string | Uint8Array)[]): string;
  /** 64 digits: what a whole entry is held to. */
  whole(bytes: Uint8Array): string;
}

/** The key's file, in the folder of the cache. */
export const keyName = "key";

/** The hash under the key of this folder, which is made where there is none. Rejects with the system's errors. */
export async function openKeyedHash(folder: string): Promise<KeyedHash> {
  const path = join(folder, keyName);
  const is = await orMissing(lstat(path));
  // Anything but a file is not read: of a pipe, reading would never end.
  const found = is?.isFile() === true ? await orMissing(readFile(path)) : undefined;
  const key =
    found?.length === KEY_BYTES ? found : await makeKey(path, is === undefined ? "new" : "in-place");
  return keyedHash(key);
}

const KEY_BYTES = 32;

/** Of two processes that make one at the same time, both get the first. */
async function makeKey(path: string, how: "new" | "in-place"): Promise<Uint8Array> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  const key = randomBytes(KEY_BYTES);
  await writeFile(temporary, key, { mode: 0o600, flag: "wx" });
  if (how === "in-place") {
    // What is left of a damaged one is good for nothing, and so is all that was made with it.
    await rename(temporary, path);
    return key;
  }
  try {
    await link(temporary, path);
    return key;
  } catch (error) {
    if (!hasCode(error, "EEXIST")) throw error;
    return await readFile(path);
  } finally {
    await unlink(temporary);
  }
}

function keyedHash(key: Uint8Array): KeyedHash {
  return {
    short(what, ...parts) {
      const hmac = createHmac("sha256", key);
      // The length before each part: where one ends and the next begins is part of what is hashed.
      for (const part of [what, ...parts]) hmac.update(`${part.length}:`).update(part);
      return hmac.digest("hex").slice(0, 32);
    },
    whole: (bytes) => createHmac("sha256", key).update(bytes).digest("hex"),
  };
}
