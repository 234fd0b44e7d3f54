import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { UnusableInput } from "../command.ts";
import { reasonOf } from "../read-file.ts";
import type { Terminal } from "../terminal.ts";
import type { MergeAgain } from "./decision-file.ts";
import { realName } from "./one-at-a-time.ts";

/** What the three files of a merge are called. */
export interface FileNames {
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
}

const sides = ["base", "ours", "theirs"] as const;

/**
 * Sees to it that a merge into one of its own sides is not of a file in which an earlier one has left something open: what
 * is told of that would be lost with the file beside it. The same merge may be made again, as when its decisions are
 * named. Throws {@link UnusableInput}.
 */
export async function expectNoOtherMerge(
  path: string,
  { names, made }: { readonly names: FileNames; readonly made: () => MergeAgain },
  { cwd }: Terminal,
): Promise<void> {
  const target = await realName(resolve(cwd, path));
  const isTarget = await Promise.all(
    sides.map(async (side) => (await realName(resolve(cwd, names[side]))) === target),
  );
  if (!isTarget.includes(true)) return;
  const left = await textIfThere(`${resolve(cwd, path)}.conflicts.json`);
  if (left === null) return;
  const [before, { texts }] = [textsIn(left), made()];
  if (sides.every((side, index) => isTarget[index] === true || before?.[side] === texts[side])) return;
  throw new UnusableInput(
    `${path} has decisions that another merge left open, which would be forgotten: ${path}.conflicts.json. Decide them and remove that file first, or name another file with -o.`,
  );
}

async function textIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw new UnusableInput(
      `${path} cannot be read: ${reasonOf(error)}. It may hold what an earlier merge left open: see to it, or name another file with -o.`,
    );
  }
}

/** The three texts that a merge was of, by what it wrote down; null where that is not as it wrote it. */
function textsIn(left: string): Readonly<Record<string, unknown>> | null {
  try {
    const { texts } = JSON.parse(left) as { readonly texts?: unknown };
    return typeof texts === "object" && texts !== null ? (texts as Readonly<Record<string, unknown>>) : null;
  } catch {
    return null;
  }
}
