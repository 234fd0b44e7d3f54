import type { JsonValue } from "../../json/node-to-json.ts";
import { readJson } from "../../json/read-json.ts";
import type { JsonNode } from "../../json-node.ts";
import { fieldNamed } from "../../stage/field-reader.ts";
import { styleIn } from "../edit-properties.ts";
import { elementsOf } from "../element-list.ts";
import { spansLines } from "../file-habits.ts";
import { formAt, formInside } from "../rewrite-value.ts";
import { beginsLine, indentAt } from "../surroundings.ts";
import { type ValueForm, writeJson } from "../write-json.ts";
import { padOf, styleOfObject, writeProperty } from "../writing-style.ts";
import { alignItems } from "./align-items.ts";
import { type RebuiltElement, rebuildElements } from "./rebuild-elements.ts";
import { isOrdered, says } from "./says.ts";

/**
 * A JSON text that says something else, with as little of it changed as that takes: values that stay keep every byte,
 * comments and the order of keys too. In the objects of `ordered`, which are parts of `wanted`, the order of keys counts.
 * Comments above what goes stay, but for those of which `isGone` says that they go with it.
 */
export function rewriteText(
  text: string,
  wanted: JsonValue,
  ordered: ReadonlySet<JsonValue>,
  isGone: (comment: string) => boolean = () => false,
): string {
  const root = readJson(text);
  const rewriting: Rewriting = { text, ordered, form: formOf(text, root), isGone };
  return text.slice(0, root.span.start) + rewritten(rewriting, root, wanted) + text.slice(root.span.end);
}

interface Rewriting {
  readonly text: string;
  readonly ordered: ReadonlySet<JsonValue>;
  readonly form: ValueForm;
  readonly isGone: (comment: string) => boolean;
}

type ObjectNode = Extract<JsonNode, { kind: "object" }>;
type ListNode = Extract<JsonNode, { kind: "array" }>;

function rewritten(rewriting: Rewriting, node: JsonNode, wanted: JsonValue): string {
  const { text, ordered, form } = rewriting;
  const { start, end } = node.span;
  if (says(node, wanted, ordered)) return text.slice(start, end);
  if (node.kind === "object" && typeof wanted === "object" && wanted !== null && !isList(wanted))
    return rewrittenObject(rewriting, node, wanted);
  if (node.kind === "array" && isList(wanted)) return rewrittenList(rewriting, node, wanted);
  return writeJson(wanted, formAt(text, { node, base: 0 }, form), indentAt(text, start));
}

function rewrittenObject(
  rewriting: Rewriting,
  node: ObjectNode,
  wanted: { readonly [key: string]: JsonValue },
): string {
  const { text, ordered } = rewriting;
  const inside = formInside(text, { node, base: 0 }, rewriting.form);
  const style = styleIn(text, node, 0, rewriting.form.style);
  const members = node.properties.map(({ value }) => value);
  const beside = formBeside(text, members, { ...inside, style }, ordered.has(wanted) ? "inline" : "short");
  const keys = Object.keys(wanted);
  const elements = node.properties.map((property, index): RebuiltElement => {
    const { key, span, value } = property;
    // Of properties of the same name only the last counts.
    const isLast = fieldNamed(node.properties, key) === property;
    const of = wanted[key];
    const rest =
      isLast && of !== undefined
        ? rewritten(rewriting, value, of)
        : text.slice(value.span.start, value.span.end);
    return {
      from: index,
      text: text.slice(span.start, value.span.start) + rest + text.slice(value.span.end, span.end),
    };
  });
  const kept = elements.filter((_, index) => Object.hasOwn(wanted, node.properties[index]?.key ?? ""));
  const added = (key: string): RebuiltElement => ({
    from: null,
    write: (indent) => writeProperty(style, key, writeJson(wanted[key] ?? null, beside, indent)),
  });
  const present = new Map<string, RebuiltElement[]>();
  node.properties.forEach(({ key }, index) => {
    const element = elements[index];
    if (element !== undefined) present.set(key, [...(present.get(key) ?? []), element]);
  });
  const plan = isOrdered(ordered, wanted)
    ? keys.flatMap((key) => present.get(key) ?? [added(key)])
    : withAdded(kept, keys, node, added, new Set(present.keys()));
  return rebuildElements(
    text,
    elementsOf(node, 0),
    plan,
    rewriting.form.style,
    inside.objects === "inline" ? "inline" : "lines",
    rewriting.isGone,
  );
}

/** New properties behind that which they follow in the value. */
function withAdded(
  kept: readonly RebuiltElement[],
  keys: readonly string[],
  node: ObjectNode,
  write: (key: string) => RebuiltElement,
  present: ReadonlySet<string>,
): readonly RebuiltElement[] {
  const behind = new Map<string | null, RebuiltElement[]>();
  let anchor: string | null = null;
  for (const key of keys) {
    if (present.has(key)) {
      anchor = key;
    } else {
      const list = behind.get(anchor);
      if (list === undefined) behind.set(anchor, [write(key)]);
      else list.push(write(key));
    }
  }
  return [
    ...(behind.get(null) ?? []),
    ...kept.flatMap((element) => {
      const property = element.from === null ? undefined : node.properties[element.from];
      const isLast = property !== undefined && fieldNamed(node.properties, property.key) === property;
      return isLast ? [element, ...(behind.get(property.key) ?? [])] : [element];
    }),
  ];
}

function rewrittenList(rewriting: Rewriting, node: ListNode, wanted: readonly JsonValue[]): string {
  const { text, form } = rewriting;
  const inside = formInside(text, { node, base: 0 }, form);
  const beside = formBeside(text, node.items, inside, "inline");
  const aligned = alignItems(node.items, wanted);
  const plan = wanted.map((value, place): RebuiltElement => {
    const from = aligned[place] ?? null;
    const item = from === null ? undefined : node.items[from];
    return from === null || item === undefined
      ? { from: null, write: (indent) => writeJson(value, beside, indent) }
      : { from, text: rewritten(rewriting, item, value) };
  });
  const isPlain = wanted.every((value) => typeof value !== "object" || value === null);
  const layout = isPlain ? inside.lists : inside.objects;
  return rebuildElements(
    text,
    elementsOf(node, 0),
    plan,
    form.style,
    layout === "inline" ? "inline" : "lines",
    rewriting.isGone,
  );
}

/** The form of what comes beside others: as most of those objects are written that hold something. */
function formBeside(
  text: string,
  others: readonly JsonNode[],
  form: ValueForm,
  layout: "inline" | "short",
): ValueForm {
  const filled = others.filter((other) => other.kind === "object" && other.properties.length > 0);
  const inLine = filled.filter(({ span }) => !spansLines(text, span));
  if (form.objects === "inline" || inLine.length * 2 <= filled.length) return form;
  return { style: form.style, objects: layout, lists: layout };
}

/** How the file lays values out, by its first object, and its lists by the first with plain items that is a stage's. */
function formOf(text: string, root: JsonNode): ValueForm {
  const plain = styleOfObject(text, root.kind === "object" ? root : undefined);
  const style = { ...plain, pad: firstPad(text, root) ?? plain.pad };
  if (!style.lines) return { style, objects: "inline", lists: "inline" };
  const list = firstPlainList(root);
  const [first] = list?.items ?? [];
  const inLines =
    list !== undefined &&
    first !== undefined &&
    spansLines(text, list.span) &&
    beginsLine(text, first.span.start);
  return { style, objects: "lines", lists: inLines ? "lines" : "inline" };
}

/** What the first object that is written in one line has inside its braces. */
function firstPad(text: string, node: JsonNode): string | undefined {
  if (node.kind === "array") return firstOf(node.items, (item) => firstPad(text, item));
  if (node.kind !== "object") return undefined;
  const pad = spansLines(text, node.span) ? undefined : padOf(text, node);
  return pad ?? firstOf(node.properties, ({ value }) => firstPad(text, value));
}

function firstOf<Item, Found>(
  items: readonly Item[],
  find: (item: Item) => Found | undefined,
): Found | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function firstPlainList(node: JsonNode): ListNode | undefined {
  if (node.kind === "array") {
    const [first] = node.items;
    if (first === undefined) return undefined;
    if (first.kind !== "object" && first.kind !== "array") return node;
    return firstOf(node.items, firstPlainList);
  }
  return node.kind === "object" ? firstOf(node.properties, ({ value }) => firstPlainList(value)) : undefined;
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
