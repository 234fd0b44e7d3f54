import type { DocumentChange } from "#protocol";
import type { PipelineTextChange } from "../texts/pipeline-texts.ts";

/** The message for a change: its edits, or the whole text where those do not add up to it. */
export function documentChange({
  document,
  baseVersion,
  before,
  after,
  edits,
}: PipelineTextChange): DocumentChange {
  const versions = { baseVersion, version: document.version };
  const growth = edits.reduce((sum, { length, text }) => sum + text.length - length, 0);
  // A change of the line endings comes as one edit measured in the old ones; its length then does not add up.
  if (before.text.length + growth !== after.text.length) {
    return { ...versions, change: { kind: "text", text: after.text } };
  }
  return { ...versions, change: { kind: "edits", edits } };
}
