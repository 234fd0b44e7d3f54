import { parseComponentType } from "../stage/component-type.ts";
import { bodyKeys } from "../stage/read-arms.ts";
import { type Content, type Member, memberNamed, membersOf, type Spot, spotIn, textOf } from "./content.ts";
import { overlayMembers } from "./overlay.ts";

/** The input of a component (`http_request`) that a key of `config` or `input_mapping` means. */
export type InputOf = (componentType: string, key: string) => string;

type Path = readonly [key: string, inner?: string];

const TYPE_KEYS = ["component_type", "component", "type", "uses"];
const INPUT_KEYS = ["config", "input_mapping", "inputs"];

/** Ways of writing one thing. What an override says in one of them takes the place of all. */
const SAME: readonly (readonly Path[])[] = [
  TYPE_KEYS.map((key): Path => [key]),
  [["when"], ["skip_if"]],
  [["timeout_ms"], ["timeout"]],
  [["retry"], ["retry_config"], ["error_handling", "max_retries"]],
  [["on_error"], ["error_handling", "on_error"]],
  ...["provider", "model"].map((key): Path[] => [["llm_settings", key], [key], ["config", key]]),
  ...[...bodyKeys, ["routes", "branches"], ["default_route", "default_branch"]].map((keys) =>
    keys.flatMap((key): Path[] => [[key], ...INPUT_KEYS.map((place): Path => [place, key])]),
  ),
];

/**
 * A stage with what a child changes of it (facts, section 7.3): objects are joined key by key, lists and scalars
 * replaced. It counts as written at `spot`, the override; what that leaves alone is written where it was.
 */
export function overrideStage(stage: Content, override: Content, spot: Spot, inputOf: InputOf): Content {
  const over = (membersOf(override) ?? []).filter(({ key }) => key !== "id");
  const under = withoutOtherWays(membersOf(stage) ?? [], over);
  const type = typeOf(over) ?? typeOf(under);
  const mapping = memberNamed(under, "input_mapping", "inputs")?.key;
  const named = over.map((member) =>
    mapping !== undefined && (member.key === "input_mapping" || member.key === "inputs")
      ? { ...member, key: mapping, keySpot: member.key === mapping ? member.keySpot : null }
      : member,
  );
  const members = overlayMembers(withoutReplacedInputs(under, named, type, inputOf), named);
  return { kind: "object", members, spot };
}

function typeOf(members: readonly Member[]): string | null {
  const written = textOf(memberNamed(members, ...TYPE_KEYS)?.value);
  return written === null ? null : parseComponentType(written).type;
}

function withoutOtherWays(under: readonly Member[], over: readonly Member[]): readonly Member[] {
  let members = under;
  for (const ways of SAME) {
    const said = ways.filter((way) => hasAt(over, way));
    if (said.length === 0) continue;
    for (const way of ways) if (!said.includes(way)) members = without(members, way);
  }
  return members;
}

/** An input may be given in `config` and in `input_mapping`, and under several names. */
function withoutReplacedInputs(
  under: readonly Member[],
  over: readonly Member[],
  type: string | null,
  inputOf: InputOf,
): readonly Member[] {
  const inputNamed = (key: string): string => (type === null ? key : inputOf(type, key));
  let members = under;
  for (const { key: place, value } of over) {
    if (!INPUT_KEYS.includes(place)) continue;
    for (const { key } of membersOf(value) ?? []) {
      const input = inputNamed(key);
      for (const other of INPUT_KEYS) {
        for (const member of membersOf(memberNamed(members, other)?.value ?? nothing) ?? []) {
          const isItself = other === place && member.key === key;
          if (!isItself && inputNamed(member.key) === input) members = without(members, [other, member.key]);
        }
      }
    }
  }
  return members;
}

const nothing: Content = { kind: "scalar", literal: "null", spot: null };

function hasAt(members: readonly Member[], [key, inner]: Path): boolean {
  const value = memberNamed(members, key)?.value;
  if (value === undefined) return false;
  return inner === undefined || memberNamed(membersOf(value) ?? [], inner) !== undefined;
}

function without(members: readonly Member[], [key, inner]: Path): readonly Member[] {
  if (inner === undefined) return members.filter((member) => member.key !== key);
  return members.map((member): Member => {
    if (member.key !== key) return member;
    const within = membersOf(member.value);
    if (within === null || memberNamed(within, inner) === undefined) return member;
    const rest = within.filter((each) => each.key !== inner);
    return { ...member, value: { kind: "object", members: rest, spot: spotIn(member.value) } };
  });
}
