import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { type Problem, readingCode } from "#core/pipeline";
import { decisionsInGit, GitRefusal, git } from "../git-process.ts";
import type { Terminal } from "../terminal.ts";

/**
 * Decisions that a merge of a file left open, as a problem of it: those beside it, and those in Git's own folder; and a
 * conflict that Git has in it without any, as where one side removed the file, or nobody merged it.
 */
export async function openDecisions(path: string, { cwd }: Terminal): Promise<readonly Problem[]> {
  const file = resolve(cwd, path);
  const beside = `${file}.conflicts.json`;
  if (existsSync(beside)) return [problemOf(beside, `Decide them here, then remove ${path}.conflicts.json.`)];
  const conflict = await conflictInGit(file);
  if (conflict === null) return [];
  return conflict.kept === null
    ? [
        problem(
          `Git has a conflict in ${path}, and what is in the file may be one side's alone. See what the other side did (git status, git log --merge -p), then settle the file with git add or git rm.`,
        ),
      ]
    : [problemOf(conflict.kept, "Decide them here, then settle the file with git add.")];
}

function problemOf(kept: string, whatNext: string): Problem {
  const decisions = decisionsIn(kept);
  if (decisions === null)
    return problem(
      `${kept} lists no decisions: it is not as a merge wrote it, so that nobody can tell what is still open. Merge again, which writes it anew; or see to it that nothing is open, and remove it.`,
    );
  if (decisions.length === 0)
    return problem(`A merge left no decision open, but ${kept} is still there: remove it.`);
  const many = decisions.length === 1 ? "a decision" : `${decisions.length} decisions`;
  return problem(`A merge left ${many} open. ${decisions.slice(0, 3).join(" ")} ${whatNext}`);
}

function problem(message: string): Problem {
  return { code: readingCode.mergeConflict, severity: "error", message, span: { start: 0, end: 1 } };
}

/** What the decisions are about; null where the file has no list of them. */
function decisionsIn(kept: string): readonly string[] | null {
  const document = documentIn(kept);
  const listed: unknown = isMembers(document) ? document["decisions"] : null;
  return Array.isArray(listed) ? listed.map(wordsOf) : null;
}

/** What a file says as JSON; null where it says nothing. */
function documentIn(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return null;
  }
}

function objectIn(document: unknown, key: string): Readonly<Record<string, unknown>> | null {
  const value = isMembers(document) ? document[key] : null;
  return isMembers(value) ? value : null;
}

function isMembers(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** What is not as fm wrote it is still a decision that somebody has to make. */
function wordsOf(decision: unknown): string {
  const { id, message } = isMembers(decision) ? decision : {};
  return typeof message === "string" ? message : `What "${String(id)}" is about is not said.`;
}

interface Conflict {
  /** Where its decisions are kept; null where there are none, or they are of another merge. */
  readonly kept: string | null;
}

/** The conflict that Git has in a file; null where it has none, or it has been settled since. */
async function conflictInGit(file: string): Promise<Conflict | null> {
  const top = topOfRepository(dirname(file));
  if (top === null) return null;
  const inside = relative(top, file).replaceAll("\\", "/");
  // Without Git nothing of it is there either.
  const unmerged = await unlessRefused(
    git(top, "ls-files", "--unmerged", "-z", "--", `:(top,literal)${inside}`),
  );
  if (unmerged === null || unmerged === "") return null;
  const kept = (await unlessRefused(decisionsInGit(top, inside)))?.kept ?? null;
  return { kept: kept !== null && existsSync(kept) && isOf(kept, unmerged) ? kept : null };
}

/** Whether decisions are of the versions that Git's index has: nobody tells when a merge was given up, and they stay. */
function isOf(kept: string, unmerged: string): boolean {
  const versions = objectIn(documentIn(kept), "versions");
  // What cannot be read says nothing of what it is of.
  if (versions === null) return true;
  const inIndex = new Map(
    unmerged.split("\0").map((entry) => {
      const [, name = "", stage = ""] = /^\d+ ([0-9a-f]+) ([123])\t/.exec(entry) ?? [];
      return [stage, name] as const;
    }),
  );
  return versions["ours"] === inIndex.get("2") && versions["theirs"] === inIndex.get("3");
}

/** What Git says; null where it refuses. */
async function unlessRefused<T>(said: Promise<T>): Promise<T | null> {
  try {
    return await said;
  } catch (error) {
    if (error instanceof GitRefusal) return null;
    throw error;
  }
}

/** The folder above that is a repository in which something may be in conflict, found without starting Git. */
function topOfRepository(folder: string): string | null {
  const entry = join(folder, ".git");
  if (existsSync(entry)) return isMerging(entry, folder) ? folder : null;
  const above = dirname(folder);
  return above === folder ? null : topOfRepository(above);
}

/** What is in Git's folder while a merge, a rebase and the like have left something to settle. */
const SIGNS = [
  join("flowmason", "conflicts"),
  "MERGE_HEAD",
  "CHERRY_PICK_HEAD",
  "REVERT_HEAD",
  "AUTO_MERGE",
  "rebase-merge",
  "rebase-apply",
];

function isMerging(entry: string, folder: string): boolean {
  const gitFolder = gitFolderOf(entry, folder);
  return gitFolder !== null && SIGNS.some((sign) => existsSync(join(gitFolder, sign)));
}

/** A linked worktree and a submodule have a file that names the folder. */
function gitFolderOf(entry: string, folder: string): string | null {
  if (statSync(entry).isDirectory()) return entry;
  const [, linked] = /^gitdir: (.*)$/m.exec(readFileSync(entry, "utf8")) ?? [];
  return linked === undefined ? null : resolve(folder, linked);
}
