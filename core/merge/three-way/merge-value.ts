import { isJsonObject, type JsonMembers, type JsonValue } from "#core/pipeline";
import { topicOf } from "../diff/topic-of.ts";
import { pathWords } from "../report/describe-change.ts";
import { armsAsLists } from "./arms-as-lists.ts";
import { addressOf } from "./decision.ts";
import { mergeList } from "./merge-list.ts";
import { mergeText } from "./merge-text.ts";
import { type At, decide, hasOrdersBelow, type Merging, type Three, valueOf } from "./merging.ts";

/** Merges what stands at a place, property by property; undefined where nothing is to stand there. */
export function mergeValue(
  merging: Merging,
  at: At,
  three: Three<JsonValue | undefined>,
): JsonValue | undefined {
  const { base, ours, theirs } = three;
  const address = addressOf(at.stage, at.path);
  const forced = merging.forced.get(address);
  if (forced !== undefined) return three[forced];
  const dropped = merging.dropped.get(address);
  if (dropped !== undefined) {
    const rest = new Map([...merging.dropped].filter(([key]) => key !== address));
    return withoutItems(mergeValue({ ...merging, dropped: rest }, at, three), dropped, three);
  }
  const mergeBelow = (below: At, values: Three<JsonValue | undefined>): JsonValue | undefined =>
    mergeValue(merging, below, values);
  if (merging.same(ours, theirs) || merging.same(base, theirs) || merging.same(base, ours)) {
    const value = merging.same(base, ours) && !merging.same(ours, theirs) ? theirs : ours;
    return hasOrdersBelow(merging, address) ? withOrders(at, three, value, mergeBelow) : value;
  }
  const isDrawn = topicOf(at.stage, at.path) === "layout";
  const choice = merging.choiceOf(address);
  if (choice === undefined) {
    const combined = combine(merging, at, three, mergeBelow);
    if (combined !== undefined) return combined.value;
    if (isDrawn) {
      note(merging, at, "layout", three);
      return merging.favor === "theirs" ? theirs : ours;
    }
  }
  if (ours === undefined || theirs === undefined) {
    const chosen = decide(merging, at, "changed-and-removed", three, removedMessage(at, three), [
      "ours",
      "theirs",
      "base",
    ]);
    return valueOf(chosen, three);
  }
  const lines = typeof ours === "string" && typeof theirs === "string" && `${ours}${theirs}`.includes("\n");
  const resolutions = lines
    ? (["ours", "theirs", "both", "base"] as const)
    : (["ours", "theirs", "base"] as const);
  const chosen = decide(merging, at, "changed-twice", three, twiceMessage(at, base), resolutions);
  return valueOf(chosen, three, lines ? `${ours}\n${theirs}` : ours);
}

/** What only one side changed, with what is ordered for something in it. */
function withOrders(
  at: At,
  { base, ours, theirs }: Three<JsonValue | undefined>,
  value: JsonValue | undefined,
  mergeBelow: (at: At, three: Three<JsonValue | undefined>) => JsonValue | undefined,
): JsonValue | undefined {
  const members = { base: base ?? {}, ours: ours ?? {}, theirs: theirs ?? {} };
  if (isJsonObject(value) && areObjects(members)) return mergeMembers(at, members, mergeBelow);
  const lists = [base ?? [], ours ?? [], theirs ?? []];
  const [b = [], o = [], t = []] = lists.filter(isList);
  // A list that a side took away with the last item in it is an empty one.
  if (!lists.every(isList) || o.length + t.length === 0) return value;
  return mergeList(at, { base: b, ours: o, theirs: t }, mergeBelow) ?? value;
}

/** The changes of both where they go together; undefined where they do not. */
function combine(
  merging: Merging,
  at: At,
  { base, ours, theirs }: Three<JsonValue | undefined>,
  mergeBelow: (at: At, three: Three<JsonValue | undefined>) => JsonValue | undefined,
): { readonly value: JsonValue } | undefined {
  if (isJsonObject(ours) && isJsonObject(theirs) && (base === undefined || isJsonObject(base)))
    return { value: mergeMembers(at, { base: base ?? {}, ours, theirs }, mergeBelow) };
  if (isList(ours) && isList(theirs) && (base === undefined || isList(base))) {
    const list = mergeList(at, { base: base ?? [], ours, theirs }, mergeBelow);
    if (list === null) return undefined;
    note(merging, at, "combined", { base, ours, theirs });
    return { value: list };
  }
  const arms = armsAsLists(at, { base, ours, theirs });
  if (arms !== null) {
    const list = mergeList(at, arms, mergeBelow) ?? arms.ours;
    // Where one side has all of it, it is written as that side has it.
    if (merging.same(list, arms.ours)) return { value: ours ?? list };
    if (merging.same(list, arms.theirs)) return { value: theirs ?? list };
    note(merging, at, "combined", { base, ours, theirs });
    return { value: list };
  }
  if (typeof base === "string" && typeof ours === "string" && typeof theirs === "string") {
    const text = mergeText({ base, ours, theirs }, isProseAt(at) ? "prose" : "lines");
    if (text === null) return undefined;
    note(merging, at, "combined", { base, ours, theirs });
    return { value: text };
  }
  return undefined;
}

/** A list without some of its items; a text that is one of them is nothing. */
function withoutItems(
  value: JsonValue | undefined,
  items: ReadonlySet<string>,
  { base, ours, theirs }: Three<JsonValue | undefined>,
): JsonValue | undefined {
  if (typeof value === "string") return items.has(value) ? undefined : value;
  if (!isList(value)) return value;
  const left = value.filter((item) => typeof item !== "string" || !items.has(item));
  // A list that only the dropped items made is none.
  const isNew = base === undefined && (ours === undefined || theirs === undefined);
  return left.length === 0 && isNew ? undefined : left;
}

function areObjects(three: Three<JsonValue>): three is Three<JsonMembers> {
  return isJsonObject(three.base) && isJsonObject(three.ours) && isJsonObject(three.theirs);
}

function mergeMembers(
  { stage, path }: At,
  { base, ours, theirs }: Three<JsonMembers>,
  mergeBelow: (at: At, three: Three<JsonValue | undefined>) => JsonValue | undefined,
): JsonMembers {
  const of = (object: JsonMembers, key: string): JsonValue | undefined =>
    Object.hasOwn(object, key) ? object[key] : undefined;
  const entries = keysInOrder(ours, theirs).flatMap((key): readonly (readonly [string, JsonValue])[] => {
    const own = { base: of(base, key), ours: of(ours, key), theirs: of(theirs, key) };
    const value = mergeBelow({ stage, path: [...path, key] }, own);
    return value === undefined ? [] : [[key, value]];
  });
  return Object.fromEntries(entries);
}

/** The keys of ours, and those that theirs has besides behind the one that they follow there. */
function keysInOrder(ours: JsonMembers, theirs: JsonMembers): readonly string[] {
  const behind = new Map<string | null, string[]>();
  let anchor: string | null = null;
  for (const key of Object.keys(theirs)) {
    if (Object.hasOwn(ours, key)) anchor = key;
    else behind.set(anchor, [...(behind.get(anchor) ?? []), key]);
  }
  const first = behind.get(null) ?? [];
  return [...first, ...Object.keys(ours).flatMap((key) => [key, ...(behind.get(key) ?? [])])];
}

function note(
  merging: Merging,
  at: At,
  reason: "combined" | "layout",
  three: Three<JsonValue | undefined>,
): void {
  const where = placeWords(at);
  const message =
    reason === "combined"
      ? `Both sides changed ${where}, and it has both changes.`
      : `Both sides moved ${where}; it is where ours has it.`;
  merging.decisions.push({
    id: addressOf(at.stage, at.path),
    state: "automatic",
    reason,
    ...at,
    ...three,
    message,
    resolutions: ["ours", "theirs", "base"],
  });
}

/** Fields that hold code, in which two changed words of a line are not independent. */
const CODE = /^(command|script|code|expression|condition|when|skip_if|url|query|sql|pattern|regex|id|ref)$/;

function isProseAt({ path }: At): boolean {
  return !CODE.test(path.at(-1) ?? "");
}

function twiceMessage(at: At, base: JsonValue | undefined): string {
  const where = placeWords(at);
  return base === undefined
    ? `Both sides added ${where}, each another one.`
    : `Both sides changed ${where}, each to something else.`;
}

function removedMessage(at: At, { ours }: Three<JsonValue | undefined>): string {
  const where = placeWords(at);
  return ours === undefined
    ? `Ours removed ${where}, and theirs changed it.`
    : `Theirs removed ${where}, and ours changed it.`;
}

/** A place in words: `config.prompt of the stage "draft"`. */
export function placeWords({ stage, path }: At): string {
  if (stage === null) return `${pathWords(path)} of the pipeline`;
  return path.length === 0 ? `the stage "${stage}"` : `${pathWords(path)} of the stage "${stage}"`;
}

function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}
