import type { CanvasEdit } from "../../canvas-edit.ts";

/** What of an edit cannot be done to a stage that a file does not hold, in words; null for what can. */
export function refusedGesture(edit: CanvasEdit): string | null {
  switch (edit.kind) {
    case "rename-stage-id":
      return "get another id here";
    case "move-into":
      return "be moved into an arm here";
    case "take-out":
      return "be taken out of its arm here";
    case "drop-stages":
      return "be taken into or out of an arm here";
    case "reorder-stage":
      return "be written elsewhere here";
    case "duplicate-stages":
      return "be duplicated here: copy it, and paste the copy";
    case "extract-subpipeline":
      return "be moved to another file from here";
    case "inline-subpipeline":
      return "be replaced by what it calls here";
    case "move-stages":
    case "set-stage-name":
    case "delete-stages":
    case "connect":
    case "disconnect":
    case "set-value":
    case "unset-value":
    case "set-stage-field":
    case "add-stage":
    case "set-enabled":
    case "reconnect":
    case "paste-stages":
    case "add-note":
    case "add-group":
    case "set-layout":
    case "revert-stages":
      return null;
  }
}

/** The stages that an edit names, besides those that only `layout` is about. */
export function stagesNamed(edit: CanvasEdit): readonly string[] {
  switch (edit.kind) {
    case "move-stages":
      return edit.moves.map(({ stage }) => stage);
    case "set-stage-name":
    case "rename-stage-id":
    case "inline-subpipeline":
    case "set-stage-field":
      return [edit.stage];
    case "set-value":
    case "unset-value":
      return edit.stage === null ? [] : [edit.stage];
    case "delete-stages":
    case "set-enabled":
    case "take-out":
    case "extract-subpipeline":
    case "duplicate-stages":
    case "revert-stages":
      return edit.stages;
    case "connect":
    case "disconnect":
      return [edit.from, edit.to];
    case "reconnect":
      return [edit.from, edit.to, edit.stage];
    case "reorder-stage":
      return edit.before === null ? [edit.stage] : [edit.stage, edit.before];
    case "move-into":
      return [...edit.stages, edit.owner];
    case "drop-stages":
      return edit.into === null ? edit.stages : [...edit.stages, edit.into.owner];
    case "paste-stages":
      return edit.into === null ? [] : [edit.into.owner];
    case "add-stage":
      switch (edit.place.kind) {
        case "free":
          return [];
        case "after":
        case "before":
          return [edit.place.stage];
        case "on-edge":
          return [edit.place.from, edit.place.to];
        case "in-arm":
          return [edit.place.owner];
      }
      return [];
    case "add-note":
    case "add-group":
    case "set-layout":
      return [];
  }
}
