import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Readable } from "node:stream";
import { systemReason } from "#core/ports";
import { UnusableInput } from "./command.ts";
import type { Terminal } from "./terminal.ts";

/** The text of a file named on the command line. Throws {@link UnusableInput} where there is none to read. */
export async function readNamedFile(path: string, { cwd }: Terminal): Promise<string> {
  try {
    const text = await readFile(resolve(cwd, path), "utf8");
    return text.startsWith("\uFEFF") ? text.slice(1) : text;
  } catch (error) {
    throw new UnusableInput(`${path} cannot be read: ${reasonOf(error)}.`);
  }
}

/** The text of these bytes without its mark; null where they are not UTF-8, and would be the same replacement characters whatever they are. */
export function utf8Text(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** The bytes of a file named on the command line. Throws {@link UnusableInput} where there is none to read. */
export async function readNamedBytes(path: string, { cwd }: Terminal): Promise<Buffer> {
  try {
    return await readFile(resolve(cwd, path));
  } catch (error) {
    throw new UnusableInput(`${path} cannot be read: ${reasonOf(error)}.`);
  }
}

/** Everything that comes on a stream. */
export async function readAll(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}

/** What the system says of a file, in words where they are known. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? error.code : undefined;
  switch (code) {
    case "ENOENT":
      return "there is no such file";
    case "EISDIR":
      return "it is a folder";
    case "EEXIST":
    case "ENOTDIR":
      return "a part of its path is a file, not a folder";
    default:
      return systemReason(error);
  }
}
