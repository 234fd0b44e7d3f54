import { createHash } from "node:crypto";
import type { RunGit } from "./run-git.ts";

/** What Git's index has of a file in conflict: null where a side has no such file. */
export interface IndexStages {
  readonly base: string | null;
  readonly ours: string | null;
  readonly theirs: string | null;
}

/** A version of a file that is not UTF-8, of which a text would have lost what it says. */
export class NotUtf8 extends Error {}

/**
 * The three versions of a file that Git could not merge, whatever the file itself is full of by now; null where Git has no
 * conflict in it. `name` is relative to the repository with `/`. Throws {@link NotUtf8}.
 */
export async function indexStages(git: RunGit, name: string): Promise<IndexStages | null> {
  const listed = await git(["ls-files", "--unmerged", "-z", "--", `:(top,literal)${name}`]);
  const objects = new Map<string, string>();
  for (const entry of listed.split("\0")) {
    const [, object, stage] = /^\d+ ([0-9a-f]+) ([123])\t/.exec(entry) ?? [];
    if (object !== undefined && stage !== undefined) objects.set(stage, object);
  }
  if (objects.size === 0) return null;
  const read = async (stage: "1" | "2" | "3"): Promise<string | null> => {
    const object = objects.get(stage);
    if (object === undefined) return null;
    const text = await git(["cat-file", "blob", object]);
    if (blobId(text, object.length) !== object) throw new NotUtf8(stageWords[stage]);
    return text.startsWith("\uFEFF") ? text.slice(1) : text;
  };
  const [base, ours, theirs] = await Promise.all([read("1"), read("2"), read("3")]);
  return { base: base ?? null, ours: ours ?? null, theirs: theirs ?? null };
}

const stageWords = { "1": "the base", "2": "ours", "3": "theirs" } as const;

/** What Git calls a file of this text: another than it is called where bytes that are no text were replaced. */
function blobId(text: string, length: number): string {
  const bytes = Buffer.from(text, "utf8");
  return createHash(length === 40 ? "sha1" : "sha256")
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest("hex");
}
