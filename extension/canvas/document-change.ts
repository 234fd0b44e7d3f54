import type { DocumentChange } from "#protocol";
import type { PipelineTextChange } from "../texts/pipeline-texts.ts";

/** The message for a change: its edits, or the text where they are no shorter. */
export function documentChange({ document, baseVersion, after, edits }: PipelineTextChange): DocumentChange {
  const versions = { baseVersion, version: document.version };
  const size = edits.reduce((sum, { text }) => sum + text.length, 0);
  if (size >= after.text.length) return { ...versions, change: { kind: "text", text: after.text } };
  return { ...versions, change: { kind: "edits", edits } };
}
