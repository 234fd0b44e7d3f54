import { readFile } from "node:fs/promises";
import { basename, join, relative, resolve, sep } from "node:path";
import type { DebugProtocol } from "@vscode/debugprotocol";

/** The texts of a record as a client opens them: a file where it still says the same, else what the record has. */
export interface RecordedSources {
  /** The source of a file, by its absolute path. */
  of(path: string): DebugProtocol.Source;
  /** The text that goes with a reference which {@link RecordedSources.of} gave; undefined for any other. */
  text(reference: number): string | undefined;
}

/** `texts` has them by path relative to `root`; `own` is the absolute path of the run's own, whose key may be empty. */
export async function openRecordedSources(
  texts: ReadonlyMap<string, string>,
  root: string,
  own: string,
): Promise<RecordedSources> {
  const sources = new Map<string, DebugProtocol.Source>();
  const byReference: string[] = [];
  for (const [inside, text] of texts) {
    const path = inside === "" ? own : resolve(root, inside);
    const source = { name: basename(path), path };
    if (isBelow(root, path) && (await saysStill(path, text))) sources.set(path, source);
    else
      sources.set(path, {
        ...source,
        sourceReference: byReference.push(text),
        origin: "as recorded, for the file says otherwise or is not there",
      });
  }
  return {
    of: (path) => sources.get(path) ?? { name: basename(path), path },
    text: (reference) => byReference[reference - 1],
  };
}

/** Where the run's own text is taken to be, if the record does not say: a name that no file has. */
export function unnamedPath(root: string): string {
  return join(root, "recorded.pipeline.json");
}

function isBelow(root: string, path: string): boolean {
  const inside = relative(root, path);
  return inside !== "" && inside !== ".." && !inside.startsWith(`..${sep}`);
}

async function saysStill(path: string, text: string): Promise<boolean> {
  try {
    return (await readFile(path, "utf8")).replace(/^\uFEFF/, "") === text;
  } catch {
    // It is shown as recorded, and said to be.
    return false;
  }
}
