import * as vscode from "vscode";
import { MOST_CHARACTERS, type ReadValue, wireValuesRequest } from "#protocol";
import type { SnapshotDocuments } from "../comparison/snapshot-documents.ts";
import { Refusal } from "../edge.ts";
import { type ReadSession, readValue } from "./read-value.ts";

/** Characters of a value that a document has at most; of much longer ones VS Code reads no structure. */
const LONGEST_DOCUMENT = 5_000_000;

/** Values as read-only documents. */
export interface ValueTexts {
  /** Opens all of a value's text, which can be folded and searched. */
  open(source: ReadSession, value: ReadValue): Promise<void>;
  /** Compares it with the output of a stage that the user chooses. */
  compare(source: ReadSession, value: ReadValue): Promise<void>;
}

/** Documents of values, kept among `documents`. */
export function createValueTexts(documents: Pick<SnapshotDocuments, "uriOf">): ValueTexts {
  const documentOf = async (source: ReadSession, value: ReadValue): Promise<vscode.Uri> => {
    const { text, total } = await readText(source, value);
    if (text.length < total)
      void vscode.window.showInformationMessage(
        `The document has the first ${text.length.toLocaleString("en")} of ${total.toLocaleString("en")} characters of ${value.name}.`,
      );
    return documents.uriOf(fileName(value), text);
  };

  return {
    async open(source, value) {
      await vscode.window.showTextDocument(await documentOf(source, value), { preview: false });
    },
    async compare(source, value) {
      const { session } = source;
      const item = vscode.debug.activeStackItem;
      if (session === null || !(item instanceof vscode.DebugStackFrame) || item.session.id !== session.id)
        throw new Refusal(
          "Nothing is stopped in the session of this value. Stop the run, or go back in it, then compare.",
        );
      const { frameId } = item;
      const stages = wireValuesRequest.body.parse(
        await session.customRequest(wireValuesRequest.name, { frameId }),
      ).values;
      if (stages.length === 0) throw new Refusal("No stage has an output yet to compare with.");
      const chosen = await vscode.window.showQuickPick(
        stages.map(({ stage, text, expression }) => ({ label: stage, description: text, expression })),
        { title: `Compare ${value.name} with the Output of…`, matchOnDescription: true },
      );
      if (chosen === undefined) return;
      const other = await readValue(source, { expression: chosen.expression, frameId });
      await vscode.commands.executeCommand(
        "vscode.diff",
        await documentOf(source, { ...other, expression: chosen.label }),
        await documentOf(source, value),
        `${chosen.label} ↔ ${value.expression ?? value.name}`,
      );
    },
  };
}

async function readText(
  source: ReadSession,
  { value }: ReadValue,
): Promise<{ readonly text: string; readonly total: number }> {
  let text = "";
  for (;;) {
    const count = Math.min(MOST_CHARACTERS, LONGEST_DOCUMENT - text.length);
    const { page } = await readValue(source, { value, as: "text", start: text.length, count });
    if (page.as !== "text") throw new Error(`A text was asked for, and ${page.as} given.`);
    text += page.text;
    if (page.text === "" || text.length >= Math.min(page.total, LONGEST_DOCUMENT))
      return { text, total: page.total };
  }
}

/** By its ending VS Code knows what it is. */
function fileName({ name, expression, kinds, type }: ReadValue): string {
  const written = (expression ?? name).replaceAll(/[^\w.[\]-]+/g, "_").slice(-60);
  if (kinds.includes("json") || type !== "string") return `${written}.json`;
  return `${written}${kinds[0] === "markdown" ? ".md" : ".txt"}`;
}
