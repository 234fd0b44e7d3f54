import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { lineOf, type RunGit } from "./run-git.ts";

/** What Git is in the midst of, and what the sides of its conflicts are called. */
export interface GitOperation {
  readonly name: string;
  readonly ours: SideName;
  readonly theirs: SideName;
}

export interface SideName {
  readonly name: string;
  readonly role: string;
}

/**
 * Says which side is whose. In a rebase ours is what the commits are put onto, and theirs is one's own commit; in a merge
 * and a cherry-pick ours is the branch that one is on. A stash leaves no trace but its conflicts.
 */
export async function operationIn(git: RunGit): Promise<GitOperation> {
  const folder = (await git(["rev-parse", "--absolute-git-dir"])).trim();
  const here = (name: string): boolean => existsSync(path.join(folder, name));
  const said = (name: string): string => readFileSync(path.join(folder, name), "utf8").trim();
  const branch = (await lineOf(git, ["symbolic-ref", "--short", "HEAD"])) ?? (await commit(git, "HEAD"));
  const own: SideName = { name: branch, role: "the branch you are on" };

  if (here("rebase-merge") || here("rebase-apply")) {
    const place = here("rebase-merge") ? "rebase-merge" : "rebase-apply";
    const onto = here(`${place}/onto`) ? said(`${place}/onto`) : "HEAD";
    const replayed = here("REBASE_HEAD") ? "REBASE_HEAD" : null;
    const rebased = here(`${place}/head-name`)
      ? said(`${place}/head-name`).replace("refs/heads/", "")
      : "your branch";
    return {
      name: "Rebase",
      ours: { name: await refOf(git, onto), role: `what ${rebased} is put onto` },
      theirs: {
        name: replayed === null ? rebased : await commit(git, replayed),
        role: `your commit of ${rebased}`,
      },
    };
  }
  if (here("CHERRY_PICK_HEAD"))
    return {
      name: "Cherry-pick",
      ours: own,
      theirs: { name: await commit(git, "CHERRY_PICK_HEAD"), role: "the picked commit" },
    };
  if (here("REVERT_HEAD"))
    return {
      name: "Revert",
      ours: own,
      theirs: { name: `before ${await commit(git, "REVERT_HEAD")}`, role: "what it was before the commit" },
    };
  if (here("MERGE_HEAD"))
    return {
      name: "Merge",
      ours: own,
      theirs: { name: await refOf(git, "MERGE_HEAD"), role: "what is merged into it" },
    };
  return {
    name: "Stash",
    ours: { ...own, role: "what is there" },
    theirs: { name: "stashed changes", role: "what is put back" },
  };
}

/** A branch or tag that a commit has; else its subject. */
async function refOf(git: RunGit, revision: string): Promise<string> {
  const refs = await lineOf(git, [
    "for-each-ref",
    "--points-at",
    revision,
    "--format=%(refname:short)",
    "refs/heads",
    "refs/remotes",
    "refs/tags",
  ]);
  const [first = ""] = (refs ?? "").split("\n");
  return first === "" ? await commit(git, revision) : first;
}

async function commit(git: RunGit, revision: string): Promise<string> {
  return (await lineOf(git, ["log", "-1", "--format=%h %s", revision])) ?? revision;
}
