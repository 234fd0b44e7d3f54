import type { Change } from "../diff/change.ts";

/** The sign that a change has in every list of changes. */
export function changeSign(change: Change): "+" | "-" | "~" | "»" {
  switch (change.kind) {
    case "stage-added":
      return "+";
    case "stage-removed":
      return "-";
    case "stage-renamed":
    case "stage-relocated":
    case "stage-reordered":
    case "branch-moved":
      return "»";
    case "value-changed":
      if (change.before === undefined) return "+";
      return change.after === undefined ? "-" : "~";
    case "container-changed":
      return "~";
  }
}
