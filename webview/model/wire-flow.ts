import type { WireValue } from "#protocol";

/** What flows on one wire: where its reader takes one part of the output, that part. */
export interface WireFlow {
  readonly text: string;
  /** In a few characters; null where the beginning of the text has to do. */
  readonly brief: string | null;
  /** All that is known of it, in one line: what is read by its path, and the whole output. */
  readonly words: string;
}

/** What of the output of a stage flows to another. */
export function wireFlow({ text, brief, reads = [] }: WireValue, toStage: string): WireFlow {
  const parts = reads.filter(({ to, path }) => to === toStage && path !== "");
  const [read, ...others] = parts;
  const isWholeRead = reads.some(({ to, path }) => to === toStage && path === "");
  const shown = read === undefined || others.length > 0 || isWholeRead ? { text, brief } : read;
  const named = parts.map((part) => `${part.path} = ${part.text}`);
  return {
    text: shown.text,
    brief: shown.brief ?? null,
    words: named.length === 0 ? text : `${named.join(", ")}, of ${text}`,
  };
}
