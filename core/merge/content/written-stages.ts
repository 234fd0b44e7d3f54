import { isJsonObject, type JsonMembers, type JsonValue, type Span } from "#core/pipeline";
import { type IdPlaces, idPlaces } from "./id-places.ts";
import { fieldsIn, holdsStages, isList, stagesIn } from "./read-content.ts";
import type { StageByStage } from "./stage-by-stage.ts";

/** A list of stages as it is written, each with an id that no other has. */
export interface WrittenStages {
  /** Where each item stands. */
  readonly spans: readonly Span[];
  /** What each is. */
  readonly items: readonly WrittenItem[];
  /** The top-level fields but the stages. */
  readonly fields: JsonMembers;
  /** Where each id is. */
  readonly places: () => IdPlaces | null;
  /** For each item the one with its id in the list that this was read like, -1 for none; null where it was read on its own. */
  readonly inLike: Int32Array | null;
}

/** An item of a list of stages. */
export interface WrittenItem {
  readonly id: string;
  readonly json: JsonMembers;
  /** Whether other stages are written inside it: it cannot be known by its id alone. */
  readonly isOwner: boolean;
  /** Its place in the list that others are read like; -1 for one that is not in that. */
  readonly place: number;
}

/** The stages of a text; null where one of them has no id of its own. */
export function writtenStages({ json, spans }: StageByStage): WrittenStages | null {
  const list = stagesIn(json);
  if (!isList(list)) return null;
  const items: WrittenItem[] = [];
  for (const each of list) {
    const item = itemOf(each, items.length);
    if (item === null) return null;
    items.push(item);
  }
  const places = idPlaces(items);
  return places === null
    ? null
    : { spans, items, fields: fieldsIn(json), places: () => places, inLike: null };
}

/**
 * The stages of a text of which some items are those at places of another list: `known` has these, and -1 for those that
 * are the next of the JSON. Null where one of them has no id of its own.
 */
export function writtenBeside(
  json: JsonMembers,
  { spans, known }: { readonly spans: readonly Span[]; readonly known: readonly number[] },
  like: WrittenStages,
): WrittenStages | null {
  const [list, inPlaces] = [stagesIn(json), like.places()];
  if (!isList(list) || inPlaces === null) return null;
  const inLike = new Int32Array(known);
  const taken = new Uint8Array(like.items.length);
  const added = new Set<string>();
  const items: WrittenItem[] = [];
  let next = 0;
  for (let at = 0; at < known.length; at += 1) {
    let place = known[at] ?? -1;
    let item = like.items[place] ?? null;
    if (item === null) {
      item = itemOf(list[next] ?? null, -1);
      next += 1;
      if (item === null || added.has(item.id)) return null;
      place = inPlaces.of(item.id);
      if (place < 0) added.add(item.id);
      inLike[at] = place;
    }
    if (taken[place] === 1) return null;
    if (place >= 0) taken[place] = 1;
    items.push(item);
  }
  let places: IdPlaces | null | undefined;
  return { spans, items, fields: fieldsIn(json), places: () => (places ??= idPlaces(items)), inLike };
}

function itemOf(json: JsonValue, place: number): WrittenItem | null {
  if (!isJsonObject(json)) return null;
  const { id } = json;
  // Keys of stages inside others have a slash, those of stages without an id of their own the others.
  if (typeof id !== "string" || /[/#?]/.test(id)) return null;
  return { id, json, isOwner: holdsStages(json), place };
}
