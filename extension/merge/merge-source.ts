import * as path from "node:path";
import * as vscode from "vscode";
import { repositoryOf } from "../comparison/git-extension.ts";
import { Refusal } from "../edge.ts";
import { type IndexStages, indexStages } from "./index-stages.ts";
import { type GitOperation, operationIn } from "./operation.ts";
import { gitIn, type RunGit } from "./run-git.ts";

/** A file in conflict, as Git has it. */
export interface MergeSource {
  readonly file: vscode.Uri;
  /** Relative to the repository, with `/`. */
  readonly name: string;
  readonly stages: IndexStages;
  readonly operation: GitOperation;
  readonly git: RunGit;
}

/** Reads what Git has of a file in conflict. Throws a {@link Refusal} where it has no conflict in it. */
export async function mergeSourceOf(file: vscode.Uri): Promise<MergeSource> {
  const { repository, git: program } = await repositoryOf(file);
  const root = repository.rootUri.fsPath;
  const git = gitIn(program, root);
  const name = path.relative(root, file.fsPath).split(path.sep).join("/");
  const stages = await indexStages(git, name);
  if (stages === null)
    throw new Refusal(
      `Git has no conflict in ${vscode.workspace.asRelativePath(file)}: there is nothing to merge. If it is full of conflict markers, they are part of a version that was added to the index; take a version from Git's history.`,
    );
  return { file, name, stages, operation: await operationIn(git), git };
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
