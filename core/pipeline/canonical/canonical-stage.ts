import { stageSpan, unitStart } from "../document/locate.ts";
import type { TextNode } from "../json/texts-in.ts";
import type { Field, Stage } from "../model.ts";
import { armFields } from "../stage/arm-fields.ts";
import { fieldNamed } from "../stage/field-reader.ts";
import { readMembers, type WrittenSource } from "../written/read-written.ts";
import {
  type Comment,
  item,
  member,
  scalar,
  type Trivia,
  type Written,
  type WrittenItem,
  type WrittenMember,
  type WrittenObject,
} from "../written/written-json.ts";
import { stageAliases } from "./aliases.ts";
import { canonicalArms } from "./canonical-arms.ts";
import { canonicalKeys, groupOwnNames, modernValues } from "./canonical-inputs.ts";
import { canonicalErrorHandling, canonicalTimeout } from "./canonical-policies.ts";
import { canonicalTexts } from "./canonical-texts.ts";
import type { Renaming } from "./rewrite-references.ts";

/** A stage as an element of the list of stages, and what of it goes elsewhere. */
export interface CanonicalStage {
  readonly element: WrittenItem;
  /** What stands around each stage that is written inside it, by the stage's id. */
  readonly nested: ReadonlyMap<string, Trivia>;
  /** Its inline position, for the layout. */
  readonly position: WrittenMember | null;
  /** Texts that name renamed stages in a way that cannot be rewritten. */
  readonly lost: readonly TextNode[];
  /** Conditionals of which a text of it takes the whole output. */
  readonly wholes: ReadonlySet<string>;
}

/** Rewrites a stage; `trivia` is what stands around it in its list or body. */
export function canonicalStage(stage: Stage, trivia: Trivia, renaming: Renaming): CanonicalStage {
  const { document, vocabulary, ids } = renaming;
  if (stage.node.kind !== "object") throw new Error(`The stage "${stage.id}" is no object.`);
  const base = unitStart(document, stage);
  const words = stage.componentType === null ? undefined : vocabulary(stage.componentType);
  const { replaced, negated, lost, wholes } = canonicalTexts(stage, renaming);
  const { nested, left } = canonicalArms(stage, renaming, replaced);
  for (const { value, span } of stage.dependsOn) {
    const id = ids.get(value) ?? value;
    const literal = JSON.stringify(id);
    if (literal !== document.text.slice(span.start + base, span.end + base))
      replaced.set(span.start + base, literal);
  }
  if (words !== undefined) modernValues(stage, words, { text: document.text, base }, replaced);
  const source: WrittenSource = { text: document.text, replaced };
  const { members, end } = readMembers(source, stage.node, base);
  const { start, end: after } = stageSpan(document, stage);
  const layout = /[\r\n]/.test(document.text.slice(start, after)) ? "lines" : "line";
  const writing: Writing = { layout, stage, renaming, source, base, negated, left };
  const position =
    stage.position === null ? null : (members.findLast(({ key }) => key === "position") ?? null);
  const own = members.filter((each) => each !== position).flatMap((each) => canonicalMember(each, writing));
  const all = moveArms(own, writing);
  const isListed = stage.nestedIn === null && document.tree.container?.kind === "list";
  const id = ids.get(stage.id) ?? stage.id;
  const fields = isListed ? all : [member("id", scalar(id)), ...all.filter(({ key }) => key !== "id")];
  return {
    element: item({ kind: "object", layout, members: fields, end }, trivia),
    nested,
    position,
    lost,
    wholes,
  };
}

interface Writing {
  readonly layout: "lines" | "line";
  readonly stage: Stage;
  readonly renaming: Renaming;
  readonly source: WrittenSource;
  readonly base: number;
  readonly negated: boolean;
  readonly left: ReadonlyMap<number, readonly Comment[]>;
}

const TYPE_KEYS = ["component_type", "component", "type", "uses"];

function canonicalMember(written: WrittenMember, writing: Writing): readonly WrittenMember[] {
  const { stage } = writing;
  const { key } = written;
  if (fieldNamed(stage.fields, ...TYPE_KEYS)?.key === key && stage.writtenType !== null) {
    return [named(written, "component_type", canonicalType(written, stage))];
  }
  if (key === "skip_if" && writing.negated) return [named(written, "when")];
  if (key === "error_handling") return canonicalErrorHandling(stage, structured(written, writing));
  if (key === "timeout" || key === "timeout_ms") {
    const duration = canonicalTimeout(stage);
    return [duration === null ? written : named(written, "timeout", scalar(duration))];
  }
  if (key === "config" || key === "input_mapping" || key === "inputs")
    return [canonicalValues(written, writing)];
  const alias = stageAliases.get(key);
  if (alias === undefined || alias === "component_type" || fieldNamed(stage.fields, alias) !== undefined)
    return [written];
  return [named(written, alias)];
}

function canonicalType(written: WrittenMember, { writtenType, componentType, versionRange }: Stage): Written {
  const value = versionRange === null ? (componentType ?? "") : `${componentType ?? ""}@${versionRange}`;
  return value === writtenType?.value ? written.value : scalar(value);
}

/** Config or input mapping: today's names, and what is given by own names where the component takes it. */
function canonicalValues(written: WrittenMember, writing: Writing): WrittenMember {
  const { stage, renaming } = writing;
  const isMapping = written.key !== "config";
  const key =
    written.key === "inputs" && fieldNamed(stage.fields, "input_mapping") === undefined
      ? "input_mapping"
      : written.key;
  const words = stage.componentType === null ? undefined : renaming.vocabulary(stage.componentType);
  const isRead = written.key !== "inputs" || key === "input_mapping";
  const fields = isMapping ? stage.inputMapping : stage.config;
  if (words === undefined || !isRead) return named(written, key);
  const keys = canonicalKeys(fields, words);
  const hasOwnNames =
    isMapping && words.namesInto !== null && fields.some((field) => words.fieldOf(field.key) === undefined);
  if (keys.size === 0 && !hasOwnNames) return named(written, key);
  const { value, ...rest } = structured(written, writing);
  if (value.kind !== "object") return named(written, key);
  const passed = new Set<string>();
  const members = value.members.map((each) => {
    const today = passed.has(each.key) ? undefined : keys.get(each.key);
    passed.add(each.key);
    return today === undefined ? each : named(each, today);
  });
  const renamed: WrittenObject = { ...value, members };
  return named({ ...rest, value: isMapping ? groupOwnNames(renamed, stage, words) : renamed }, key);
}

/** Lists of stages beside the config move into it, where a component looks for its inputs. */
function moveArms(members: readonly WrittenMember[], writing: Writing): readonly WrittenMember[] {
  const { stage, renaming, left, base, layout } = writing;
  const words = stage.componentType === null ? undefined : renaming.vocabulary(stage.componentType);
  const inputs = [...stage.config, ...stage.inputMapping].map(({ key }) => words?.fieldOf(key));
  const moved: WrittenMember[] = [];
  const kept: WrittenMember[] = [];
  for (const each of members) {
    const written = fieldNamed(stage.fields, each.key);
    const field = written !== undefined && isArm(written, stage) ? words?.fieldOf(each.key) : undefined;
    const node = written?.value;
    const behind = (node === undefined ? undefined : left.get(node.span.start + base)) ?? [];
    const whole = behind.length === 0 ? each : { ...each, before: [...each.before, ...behind] };
    const isTaken = field === undefined || inputs.includes(field) || moved.some(({ key }) => key === field);
    if (isTaken) kept.push(whole);
    else moved.push(named(whole, field));
  }
  if (moved.length === 0) return kept;
  const index = kept.findLastIndex(({ key }) => key === "config");
  const config = kept[index];
  if (config === undefined) {
    const first = members.findIndex((each) => !kept.some(({ key }) => key === each.key));
    const before = first < 0 ? kept.length : first;
    return kept.toSpliced(before, 0, member("config", { kind: "object", layout, members: moved, end: [] }));
  }
  const { value } = structured(config, writing);
  const object: WrittenObject =
    value.kind === "object" ? value : { kind: "object", layout, members: [], end: [] };
  return kept.with(index, {
    ...config,
    value: { ...object, members: [...object.members, ...moved] },
  });
}

/** Whether a field of the stage itself holds a list of stages, or the lists of a router. */
function isArm(field: Field, stage: Stage): boolean {
  const { value } = field;
  return armFields(stage).some(
    (arm) =>
      arm.field === field ||
      (value.kind === "object" && value.properties.some((property) => property === arm.field)),
  );
}

/** A member whose object is taken apart even where it is in one line. */
function structured(written: WrittenMember, { stage, source, base }: Writing): WrittenMember {
  if (written.value.kind !== "text") return written;
  const node = fieldNamed(stage.fields, written.key)?.value;
  if (node?.kind !== "object") return written;
  const { members, end } = readMembers(source, node, base);
  return { ...written, value: { kind: "object", layout: "line", members, end } };
}

function named(written: WrittenMember, key: string, value: Written = written.value): WrittenMember {
  if (key === written.key) return { ...written, value };
  return member(key, value, written);
}
