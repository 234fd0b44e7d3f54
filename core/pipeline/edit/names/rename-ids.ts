import type { Reference } from "#core/expressions";
import type { PipelineDocument } from "../../model.ts";
import type { TextEdit } from "../../text-edit.ts";
import { done, type EditResult, refuse } from "../edit-result.ts";
import { removeLayoutLines } from "../layout-line.ts";
import { type EvaluatedPlace, editsInText, evaluatedPlaces } from "./evaluated-places.ts";
import { listedNames } from "./listed-names.ts";
import { type Head, rewriteHeads } from "./rewrite-heads.ts";

/** What ids become. */
export interface NewIds {
  /** The id that an id becomes; the same where it stays. */
  readonly newId: (id: string) => string;
  /** The names, without paths, of those that change: a text that has none of them is not looked at. */
  readonly names: readonly string[];
}

/**
 * Gives stages other ids, all at once, with every place that names one: `depends_on`, branches and bodies, the output
 * stage, layout, compositions, and expressions wherever they are. A line of layout that a stage of a new id has left
 * behind goes: a key stands once. Refused when an expression cannot say the new id.
 */
export function renameIds(document: PipelineDocument, { newId, names }: NewIds): EditResult {
  const vacated = removeLayoutLines(document, linesLeftAt(document, newId));
  if (!vacated.ok) return vacated;
  const edits: TextEdit[] = [...vacated.edits];
  for (const { id, written, span } of listedNames(document)) {
    const renamed = writtenAs(written, newId(id));
    if (renamed === written) continue;
    edits.push({ offset: span.start, length: span.end - span.start, text: JSON.stringify(renamed) });
  }
  for (const place of evaluatedPlaces(document)) {
    if (!mayName(place.node.value, names)) continue;
    const inText = rewriteHeads(place.kind, place.node.value, (reference) =>
      newHeads(place, reference, newId),
    );
    if (inText === undefined) {
      const where = place.stage === null ? "the pipeline" : `"${place.stage.id}"`;
      return refuse(
        `The expression ${JSON.stringify(place.node.value)} of ${where} has no place for the new id. Change it in the text first.`,
      );
    }
    edits.push(...editsInText(document, place, inText));
  }
  return done(edits);
}

/** Lines of `layout` for ids that no stage has now, and one that is renamed has then. */
function linesLeftAt(
  { pipeline: { stages, layout } }: PipelineDocument,
  newId: NewIds["newId"],
): ReadonlySet<string> {
  const here = new Set(stages.map(({ id }) => id));
  const renamed = [...here, ...layout.map(({ key }) => key)].filter((id) => newId(id) !== id);
  const given = new Set(renamed.map(newId));
  return new Set(
    layout.flatMap(({ key }) => (given.has(key) && newId(key) === key && !here.has(key) ? [key] : [])),
  );
}

/** New ids of stages that are written on their own, by the old ones; those inside them change with them. */
export function newTopIds(ids: ReadonlyMap<string, string>): NewIds {
  return {
    newId: (id) => {
      const [top = "", ...inner] = id.split("/");
      return [ids.get(top) ?? top, ...inner].join("/");
    },
    names: [...ids.keys()],
  };
}

/** With more names than these, looking for each takes longer than reading the expression. */
const MOST_LOOKED_FOR = 32;

/** Whether an expression may name one of these: a quick look, since reading all of a large file's takes its time. */
export function mayName(text: string, names: readonly string[]): boolean {
  if (names.length > MOST_LOOKED_FOR) return true;
  return text.includes("\\") || names.some((name) => text.includes(name));
}

/** As many steps of the path as were written before. */
export function writtenAs(written: string, id: string): string {
  const steps = written.split("/").length;
  return id.split("/").slice(-steps).join("/");
}

function newHeads(
  place: EvaluatedPlace,
  reference: Reference,
  newId: NewIds["newId"],
): { readonly steps: 0 | 1; readonly heads: readonly Head[] } | null {
  const named = place.idNamed(reference);
  if (named === null) return null;
  const written = String(named.steps === 1 ? reference.path[0] : reference.root);
  const renamed = writtenAs(written, newId(named.id));
  if (renamed === written) return null;
  if (named.steps === 1) return { steps: 1, heads: [{ root: reference.root, key: renamed }] };
  const qualified = { root: "upstream", key: renamed };
  return { steps: 0, heads: place.hides(renamed) ? [qualified] : [{ root: renamed, key: null }, qualified] };
}
