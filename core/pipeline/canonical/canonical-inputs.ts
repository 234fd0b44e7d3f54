import { isTemplate } from "#core/expressions";
import { type JsonValue, nodeToJson } from "../json/node-to-json.ts";
import { textsIn } from "../json/texts-in.ts";
import type { JsonNode } from "../json-node.ts";
import type { Field, Stage } from "../model.ts";
import type { WrittenMember, WrittenObject } from "../written/written-json.ts";
import { member } from "../written/written-json.ts";
import type { ComponentWords } from "./vocabulary.ts";

/** The names that keys of config or input mapping have today: aliases give way, where the name itself is free. */
export function canonicalKeys(fields: readonly Field[], words: ComponentWords): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  const taken = new Set(fields.map(({ key }) => key));
  for (const { key } of fields) {
    const field = words.fieldOf(key);
    if (field === undefined || field === key || taken.has(field)) continue;
    keys.set(key, field);
    taken.add(field);
  }
  return keys;
}

/** Adds to `replaced` the inputs that are written otherwise today, where nothing in them depends on the run. */
export function modernValues(
  stage: Stage,
  words: ComponentWords,
  { text, base }: { readonly text: string; readonly base: number },
  replaced: Map<number, string>,
): void {
  const nodes = new Map<string, JsonNode>();
  for (const fields of [stage.config, stage.inputMapping]) {
    const canonical = canonicalKeys(fields, words);
    for (const { key, value } of fields) {
      const field = canonical.get(key) ?? key;
      if (words.fieldOf(field) === field) nodes.set(field, value);
    }
  }
  const values = new Map<string, JsonValue>();
  for (const [field, node] of nodes) {
    if (!Object.hasOwn(words.deferred, field) && !replaced.has(node.span.start + base) && isStatic(node)) {
      values.set(field, nodeToJson(node));
    }
  }
  for (const [field, value] of words.modernise(values)) {
    const node = nodes.get(field);
    if (node === undefined) continue;
    const written = text.slice(node.span.start + base, node.span.end + base);
    const isListOfIt = Array.isArray(value) && value.length === 1 && value[0] === values.get(field);
    replaced.set(node.span.start + base, isListOfIt ? `[${written}]` : inLine(value));
  }
}

/** What is given by names of its own goes into the input that takes it, where that is nowhere else. */
export function groupOwnNames(mapping: WrittenObject, stage: Stage, words: ComponentWords): WrittenObject {
  const { namesInto } = words;
  if (namesInto === null) return mapping;
  const isOwn = ({ key }: { readonly key: string }): boolean => words.fieldOf(key) === undefined;
  const isGiven = [...stage.config, ...stage.inputMapping].some(
    ({ key }) => words.fieldOf(key) === namesInto,
  );
  const first = mapping.members.findIndex(isOwn);
  if (isGiven || first < 0) return mapping;
  const own: WrittenObject = {
    kind: "object",
    layout: "lines",
    members: mapping.members.filter(isOwn),
    end: [],
  };
  const members: readonly WrittenMember[] = [
    ...mapping.members.slice(0, first),
    member(namesInto, own),
    ...mapping.members.slice(first).filter((each) => !isOwn(each)),
  ];
  return { ...mapping, members };
}

function isStatic(node: JsonNode): boolean {
  for (const { value } of textsIn(node)) if (isTemplate(value)) return false;
  return true;
}

/** A value in one line, as a person writes it. */
function inLine(value: JsonValue): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(inLine).join(", ")}]`;
  const members = Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${inLine(each)}`);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}
