import * as path from "node:path";
import * as vscode from "vscode";
import type { ChosenMerge } from "#protocol";
import { repositoryOf } from "../comparison/git-extension.ts";
import { Refusal } from "../edge.ts";
import { type IndexStages, indexStages, NotUtf8 } from "./index-stages.ts";
import { leftDecisions } from "./left-decisions.ts";
import { type GitOperation, operationIn } from "./operation.ts";
import { gitIn, type RunGit } from "./run-git.ts";

interface MergedFile {
  readonly file: vscode.Uri;
  readonly stages: IndexStages;
  readonly operation: GitOperation;
}

/** A file in conflict, as Git has it. */
export interface GitConflict extends MergedFile {
  readonly kind: "git";
  /** Relative to the repository, with `/`. */
  readonly name: string;
  readonly git: RunGit;
}

/** A file of which `fm merge -o` has left decisions open. */
export interface LeftDecisions extends MergedFile {
  readonly kind: "decisions";
  readonly name: string;
  /** The file with the decisions, which goes with the last of them. */
  readonly kept: vscode.Uri;
  /** What was chosen when it was merged. */
  readonly choices: readonly ChosenMerge[];
}

export type MergeSource = GitConflict | LeftDecisions;

/**
 * Reads the three versions of a file that could not be merged: those that `fm merge` left beside it, else those that Git
 * has. `file` may also be the one with the decisions. Throws a {@link Refusal} where there is nothing to merge.
 */
export async function mergeSourceOf(file: vscode.Uri): Promise<MergeSource> {
  return (await leftDecisions(file)) ?? (await gitConflict(file));
}

async function gitConflict(file: vscode.Uri): Promise<GitConflict> {
  const { repository, git: program } = await repositoryOf(file);
  const root = repository.rootUri.fsPath;
  const git = gitIn(program, root);
  const name = path.relative(root, file.fsPath).split(path.sep).join("/");
  const stages = await stagesOf(git, name);
  if (stages === null)
    throw new Refusal(
      `Git has no conflict in ${vscode.workspace.asRelativePath(file)}: there is nothing to merge. If the file is full of conflict markers, they are part of a version that was added to the index; take a version from Git's history.`,
    );
  return { kind: "git", file, name, stages, operation: await operationIn(git), git };
}

async function stagesOf(git: RunGit, name: string): Promise<IndexStages | null> {
  try {
    return await indexStages(git, name);
  } catch (error) {
    if (!(error instanceof NotUtf8)) throw error;
    throw new Refusal(
      `${name} is not UTF-8 text in ${error.message}, so that it cannot be merged as a pipeline. Take one side with Git (git checkout --ours or --theirs), or save it as UTF-8.`,
    );
  }
}

/**
 * Sees to it that a merge is still there as it was opened: Git may have ended it since, or begun another one of the same file.
 * Throws a {@link Refusal} that says so.
 */
export async function expectSameMerge(source: MergeSource): Promise<void> {
  const now = await mergeSourceOf(source.file);
  if (!isSameMerge(source, now))
    throw new Refusal(
      `${source.name} is in another merge by now than the one that is shown here. Open that with FlowMason: Merge Pipeline….`,
    );
}

/** Whether two are of the same three versions of a file. */
export function isSameMerge(one: MergeSource, other: MergeSource): boolean {
  const textsOf = ({ kind, stages }: MergeSource): string =>
    JSON.stringify([kind, stages.base, stages.ours, stages.theirs]);
  return textsOf(one) === textsOf(other);
}

/** The pipelines that Git has conflicts in, in the repository that a file is in. */
export async function conflictedIn(file: vscode.Uri): Promise<readonly vscode.Uri[]> {
  const { repository, git: program } = await repositoryOf(file);
  const git = gitIn(program, repository.rootUri.fsPath);
  const listed = await git(["diff", "--name-only", "--diff-filter=U", "-z"]);
  return listed
    .split("\0")
    .filter((name) => name.endsWith(".pipeline.json"))
    .map((name) => vscode.Uri.joinPath(repository.rootUri, ...name.split("/")));
}
