import { isJsonObject, type JsonValue } from "#core/pipeline";
import type { StagePlace } from "../content/content.ts";
import type { Branch, Change } from "../diff/change.ts";

/** What a change is, in a line, without the values of a changed one. */
export function describeChange(change: Change): string {
  switch (change.kind) {
    case "stage-added":
      return `${stageWords(change.stage)}${typeWords(change.value)} added`;
    case "stage-removed":
      return `${stageWords(change.stage)}${typeWords(change.value)} removed`;
    case "stage-renamed":
      return `stage "${change.from}" renamed to "${change.stage}"`;
    case "stage-relocated":
      return `${stageWords(change.stage)} moved from ${placeWords(change.from)} to ${placeWords(change.to)}`;
    case "stage-reordered":
      return `${stageWords(change.stage)} moved ${change.after === null ? "to the beginning" : `behind ${stageWords(change.after)}`}`;
    case "branch-moved":
      return `stage "${change.stage}" moved from ${branchWords(change.from)} to ${branchWords(change.to)}`;
    case "value-changed":
      return `${subjectWords(change.stage)} ${pathWords(change.path)}`;
    case "container-changed":
      return `stages written as ${containerWords[change.after]}, not as ${containerWords[change.before]}`;
  }
}

/** A path as people write it: `config.prompt`. */
export function pathWords(path: readonly string[]): string {
  return path.map((key) => (/^[\w$-]+$/.test(key) ? key : JSON.stringify(key))).join(".");
}

/** A value in a line; cut where it is long. */
export function valueWords(value: JsonValue | undefined, longest = 100): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value);
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}

function subjectWords(stage: string | null): string {
  return stage === null ? "pipeline:" : `${stageWords(stage)}:`;
}

/** What has no id is known by what it says. */
function stageWords(key: string): string {
  if (!key.startsWith("?")) return `stage "${key}"`;
  const said = key.slice(1);
  return `stage without an id ${said.length <= 60 ? said : `${said.slice(0, 59)}…`}`;
}

function typeWords(value: JsonValue): string {
  if (!isJsonObject(value)) return "";
  for (const key of ["component_type", "component", "type", "uses"]) {
    const type = Object.hasOwn(value, key) ? value[key] : undefined;
    if (typeof type === "string") return ` (${type})`;
  }
  return "";
}

function placeWords(place: StagePlace | null): string {
  return place === null ? "the pipeline itself" : `${place.path.at(-1) ?? ""} of "${place.owner}"`;
}

function branchWords({ owner, arm }: Branch): string {
  return `"${arm}" of "${owner}"`;
}

const containerWords = { list: "a list", map: "an object by id", none: "nothing" };
