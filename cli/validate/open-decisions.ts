import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { type Problem, readingCode } from "#core/pipeline";
import { decisionsInGit, GitRefusal, git } from "../git-process.ts";
import type { Terminal } from "../terminal.ts";

/** Decisions that a merge of a file left open, as a problem of it: those beside it, and those in Git's own folder. */
export async function openDecisions(path: string, { cwd }: Terminal): Promise<readonly Problem[]> {
  const file = resolve(cwd, path);
  const beside = `${file}.conflicts.json`;
  if (existsSync(beside)) return [problemOf(beside, `Decide them here, then remove ${path}.conflicts.json.`)];
  const inGit = await keptInGit(file);
  return inGit === null ? [] : [problemOf(inGit, "Decide them here, then settle the file with git add.")];
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
  try {
    const document: unknown = JSON.parse(readFileSync(kept, "utf8"));
    const isObject = typeof document === "object" && document !== null;
    const listed: unknown = isObject && "decisions" in document ? document.decisions : null;
    return Array.isArray(listed) ? listed.map(wordsOf) : null;
  } catch {
    return null;
  }
}

/** What is not as fm wrote it is still a decision that somebody has to make. */
function wordsOf(decision: unknown): string {
  const isObject = typeof decision === "object" && decision !== null;
  const { id, message } = isObject ? (decision as { id?: unknown; message?: unknown }) : {};
  return typeof message === "string" ? message : `What "${String(id)}" is about is not said.`;
}

/** Where Git keeps the decisions of a file that is a conflict; null where it is none, or has been settled since. */
async function keptInGit(file: string): Promise<string | null> {
  const top = topOfRepository(dirname(file));
  if (top === null) return null;
  try {
    const inside = relative(top, file).replaceAll("\\", "/");
    const kept = await decisionsInGit(top, inside);
    if (!existsSync(kept)) return null;
    const unmerged = await git(top, "ls-files", "--unmerged", "-z", "--", `:(top,literal)${inside}`);
    return unmerged === "" ? null : kept;
  } catch (error) {
    // Without Git nothing of it is there either.
    if (error instanceof GitRefusal) return null;
    throw error;
  }
}

/** The folder above that is a repository with decisions in it, found without starting Git. */
function topOfRepository(folder: string): string | null {
  const entry = join(folder, ".git");
  if (existsSync(entry)) return holdsDecisions(entry, folder) ? folder : null;
  const above = dirname(folder);
  return above === folder ? null : topOfRepository(above);
}

function holdsDecisions(entry: string, folder: string): boolean {
  if (statSync(entry).isDirectory()) return existsSync(join(entry, "flowmason", "conflicts"));
  const [, linked] = /^gitdir: (.*)$/m.exec(readFileSync(entry, "utf8")) ?? [];
  return linked !== undefined && existsSync(join(resolve(folder, linked), "flowmason", "conflicts"));
}
