import type { Fix } from "#core/pipeline";

/** What a fix does, as a menu shows it. */
export function titleOf(fix: Fix, stage: string | undefined): string {
  switch (fix.kind) {
    case "replace":
    case "replace-text":
      return `Change to ${fix.text}`;
    case "replace-key":
      return `Change to ${fix.key}`;
    case "remove":
      return "Remove it";
    case "remove-stage":
      return `Remove the stage "${stage ?? ""}"`;
    case "add-dependency":
      return `Add "${fix.stage}" to depends_on (${fix.changesRun ? "can change a run: the trigger rule counts it then" : "changes no run"})`;
    case "add-input":
      return `Add "${fix.field}" to config`;
  }
}
