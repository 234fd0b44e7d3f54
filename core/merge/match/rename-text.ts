import { applyTextEdits, parsePipeline, renameIds } from "#core/pipeline";

/**
 * A text with other ids for some of its stages, wherever it names them; null where an expression has no place for one.
 * `ids` are the new ids by the keys of the stages.
 */
export function renameInText(text: string, ids: ReadonlyMap<string, string>): string | null {
  if (ids.size === 0) return text;
  const newId = (id: string): string => {
    let old = "";
    let renamed = "";
    for (const step of id.split("/")) {
      old = old === "" ? step : `${old}/${step}`;
      const own = ids.get(old) ?? step;
      renamed = renamed === "" ? own : `${renamed}/${own}`;
    }
    return renamed;
  };
  const names = [...ids.keys()].map((key) => key.slice(key.lastIndexOf("/") + 1));
  const edits = renameIds(parsePipeline(text), { newId, names });
  return edits.ok ? applyTextEdits(text, edits.edits) : null;
}
