import * as vscode from "vscode";
import * as z from "zod";
import { chosenMerges } from "#protocol";
import { Refusal } from "../edge.ts";
import type { LeftDecisions } from "./merge-source.ts";

const SUFFIX = ".conflicts.json";

/** What `fm merge -o` writes beside a file of which decisions are open (`cli/merge/decision-file.ts`). */
const decisionFile = z.object({
  version: z.literal(1),
  labels: z.object({ ours: z.string(), theirs: z.string() }),
  choices: chosenMerges,
  texts: z.object({ base: z.string().nullable(), ours: z.string(), theirs: z.string() }),
});

/**
 * The merge whose open decisions lie beside a file, which may be given itself or by that of the decisions; null where none
 * do. Throws a {@link Refusal} where they cannot be read.
 */
export async function leftDecisions(given: vscode.Uri): Promise<LeftDecisions | null> {
  const isKept = given.path.endsWith(SUFFIX);
  const file = isKept ? given.with({ path: given.path.slice(0, -SUFFIX.length) }) : given;
  const kept = isKept ? given : given.with({ path: `${given.path}${SUFFIX}` });
  const text = await textOf(kept);
  if (text === null) return null;
  const name = vscode.workspace.asRelativePath(file);
  const read = decisionFile.safeParse(jsonOf(text));
  if (!read.success)
    throw new Refusal(
      `${vscode.workspace.asRelativePath(kept)} does not say what was merged: it is not as "fm merge -o" wrote it. Merge again with fm merge.`,
    );
  if ((await textOf(file)) === null)
    throw new Refusal(
      `${name} is not there any more, and only what was open in it is. Merge again with fm merge, or remove ${vscode.workspace.asRelativePath(kept)}.`,
    );
  const { labels, choices, texts } = read.data;
  return {
    kind: "decisions",
    file,
    name,
    kept,
    choices,
    stages: texts,
    operation: {
      name: "fm merge",
      ours: { name: labels.ours, role: "the side whose text is kept" },
      theirs: { name: labels.theirs, role: "what is merged into it" },
    },
  };
}

/** Whether such a file lies beside a file. */
export async function hasLeftDecisions(file: vscode.Uri): Promise<boolean> {
  return (await textOf(file.with({ path: `${file.path}${SUFFIX}` }))) !== null;
}

/** The files of the workspace beside which decisions lie. */
export async function withLeftDecisions(): Promise<readonly vscode.Uri[]> {
  const kept = await vscode.workspace.findFiles(`**/*${SUFFIX}`);
  return kept.map((uri) => uri.with({ path: uri.path.slice(0, -SUFFIX.length) }));
}

async function textOf(file: vscode.Uri): Promise<string | null> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === "FileNotFound") return null;
    throw error;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
