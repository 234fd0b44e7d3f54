import { possibleArms } from "#core/pipeline";
import { addRefusal, beginAdd } from "../add/add-stage.ts";
import { copyByMenu, duplicateStages, pasteByMenu } from "../clipboard/clipboard-commands.ts";
import type { NoteColor } from "../graph/annotations.ts";
import { repeatedIdMessage } from "../graph/connection-rule.ts";
import type { ArmItem, StageItem } from "../graph/outline.ts";
import type { Point } from "../graph/spatial-index.ts";
import type { Wire } from "../graph/wires.ts";
import { type AddSpot, armWords } from "../model/add-spot.ts";
import { type CanvasModel, editRefusal } from "../model/canvas-model.ts";
import type { MenuTarget } from "../model/overlay.ts";
import { selectedStages } from "../model/selection.ts";
import { colorEntries, newNoteEntries, noteEntries, stageNoteEntries } from "../notes/note-entries.ts";
import { goToPalette } from "../palette/palette-commands.ts";
import { tidyAll } from "../session/arrange.ts";
import type { CanvasSession } from "../session/canvas-session.ts";
import { disconnect } from "../session/connect-commands.ts";
import { inheritedRefusal } from "../session/inherited-commands.ts";
import { openOverlay } from "../session/overlay-commands.ts";
import { beginRename } from "../session/rename-commands.ts";
import { deleteStages, selectAll, toggleBreakpoints, toggleEnabled } from "../session/stage-commands.ts";
import { beginReconnect, fixedWireMessage } from "../session/wire-commands.ts";
import { arrangeEntries } from "./arrange-entries.ts";
import { bodyEntries } from "./body-entries.ts";
import { inheritedEntries } from "./inherited-entries.ts";
import { runEntries } from "./run-entries.ts";
import { subpipelineEntries } from "./subpipeline-entries.ts";

/** A line of a context menu. */
export interface MenuEntry {
  readonly label: string;
  readonly keys: string;
  readonly act: () => void;
  /** Why it cannot be chosen. */
  readonly blocked: string | null;
  readonly startsGroup: boolean;
  /** The colour that it stands for. */
  readonly swatch?: NoteColor;
}

/** What can be done with the thing that the menu was opened on. */
export function menuEntries(
  session: CanvasSession,
  model: CanvasModel,
  target: MenuTarget,
): readonly MenuEntry[] {
  switch (target.kind) {
    case "canvas":
      return [...canvasEntries(session, model, target.at), ...newNoteEntries(session, model)];
    case "arm": {
      const item = model.document?.graph.items.get(target.arm);
      return item?.kind === "arm" ? armEntries(session, model, item) : [];
    }
    case "arrange":
      return arrangeEntries(session, model);
    case "note":
      return noteEntries(session, model, target.note);
    case "colors":
      return colorEntries(session, target.of);
    case "wire": {
      const wire = model.document?.graph.wires.get(target.wire);
      return wire === undefined ? [] : wireEntries(session, model, wire);
    }
    case "stage": {
      const item = model.document?.graph.items.get(target.stage);
      return item?.kind === "stage" ? stageEntries(session, model, item) : [];
    }
  }
}

function stageEntries(session: CanvasSession, model: CanvasModel, stage: StageItem): readonly MenuEntry[] {
  const blocked = editRefusal(model);
  const selected = selectedStages(model);
  const stages = selected.includes(stage) ? selected : [stage];
  const many = stages.length > 1;
  const elsewhere = (cannot: string): string | null => blocked ?? inheritedRefusal(stages, cannot);
  const wires = [...(model.document?.graph.wires.values() ?? [])];
  const incoming = wires.filter(({ kind, to }) => kind === "declared" && to === stage.key);
  const titleOf = (key: string): string => {
    const item = model.document?.graph.items.get(key);
    return item?.kind === "stage" ? item.card.title : key;
  };
  return [
    entry("Show in Text", "Enter", () => session.revealInText(stage.card.id)),
    entry("Toggle Breakpoint", "F9", () => toggleBreakpoints(session, stages)),
    ...runEntries(session, model, stages),
    {
      ...entry("Rename…", "F2", () => beginRename(session, stage.key, "name")),
      blocked,
      startsGroup: true,
    },
    {
      ...entry("Change Id…", "Shift+F2", () => beginRename(session, stage.key, "id")),
      blocked: blocked ?? inheritedRefusal([stage], "given another id"),
    },
    {
      ...entry(stages.some(({ card }) => card.enabled) ? "Disable" : "Enable", "E", () =>
        toggleEnabled(session, stages),
      ),
      blocked,
    },
    {
      ...entry("Connect to…", "C", () => openOverlay(session, { kind: "connect", from: stage.key })),
      blocked,
    },
    {
      ...addEntry(session, "Add Stage after It…", { kind: "after", stage: stage.key, at: null }),
      keys: many ? "" : "A",
      startsGroup: true,
    },
    ...wires
      .filter(({ to }) => to === stage.key)
      .map((wire) =>
        addEntry(session, `Insert Stage after “${titleOf(wire.from)}”…`, { kind: "on-wire", wire: wire.id }),
      ),
    ...armsOf(model, stage).map((arm) =>
      addEntry(session, `Add Stage in ${armWords(arm)}…`, { kind: "in-arm", owner: stage.key, arm }),
    ),
    ...bodyEntries(session, stages, blocked),
    ...incoming.map((wire) => ({
      ...entry(`Disconnect from “${titleOf(wire.from)}”`, "", () => disconnect(session, wire)),
      blocked,
    })),
    ...inheritedEntries(session, stages, blocked),
    ...subpipelineEntries(session, stages, elsewhere("moved to another file")),
    ...(many ? [{ ...entry("Arrange…", "", () => openArrange(session, model)), startsGroup: true }] : []),
    ...stageNoteEntries(session, model, stage),
    {
      ...entry("Cut", "Ctrl+X", () => {
        void copyByMenu(session, stages).then((done) => {
          if (done === "copied") deleteStages(session, stages);
        });
      }),
      blocked: elsewhere("cut"),
      startsGroup: true,
    },
    entry("Copy", "Ctrl+C", () => void copyByMenu(session, stages)),
    ...armsOf(model, stage).map((arm) => pasteEntry(session, model, stage, arm)),
    {
      ...entry("Duplicate", "Ctrl+D", () => duplicateStages(session, stages)),
      blocked: elsewhere("duplicated"),
    },
    {
      ...entry(many ? `Delete ${stages.length} Stages` : "Delete", "Del", () =>
        deleteStages(session, stages),
      ),
      blocked: elsewhere("deleted"),
      startsGroup: true,
    },
  ];
}

/** In the place of the menu that it was chosen in. */
function openArrange(session: CanvasSession, { overlay }: CanvasModel): void {
  if (overlay.kind === "menu") openOverlay(session, { ...overlay, target: { kind: "arrange" } });
}

function wireEntries(session: CanvasSession, model: CanvasModel, wire: Wire): readonly MenuEntry[] {
  const insert = addEntry(session, "Insert Stage…", { kind: "on-wire", wire: wire.id });
  const show = entry("Show in Text", "", () => session.revealInText(wire.toStage));
  const remove = entry("Delete Connection", "Del", () => disconnect(session, wire));
  const ends = (["to", "from"] as const).map((end) => ({
    ...entry(
      end === "to" ? "Take Its End to…" : "Take Its Beginning to…",
      end === "to" ? "R" : "Shift+R",
      () => beginReconnect(session, wire, end),
    ),
    blocked: editRefusal(model) ?? fixedWireMessage(wire),
  }));
  switch (wire.kind) {
    case "declared":
    case "branch":
      return [insert, ...ends, { ...remove, blocked: editRefusal(model) }, show];
    case "implicit":
      return [
        insert,
        ...ends,
        { ...remove, blocked: "It comes from an expression: change that in the text." },
        show,
      ];
  }
}

function armEntries(
  session: CanvasSession,
  model: CanvasModel,
  { parent, arm }: ArmItem,
): readonly MenuEntry[] {
  const owner = model.document?.graph.items.get(parent);
  return [
    addEntry(session, `Add Stage in ${armWords(arm)}…`, { kind: "in-arm", owner: parent, arm }),
    ...(owner?.kind === "stage" ? [pasteEntry(session, model, owner, arm)] : []),
  ];
}

function pasteEntry(session: CanvasSession, model: CanvasModel, owner: StageItem, arm: string): MenuEntry {
  return {
    ...entry(`Paste into ${armWords(arm)}`, "", () => {
      void pasteByMenu(session, null, { owner: owner.card.id, arm });
    }),
    blocked: editRefusal(model) ?? (owner.repeated ? repeatedIdMessage(owner) : null),
  };
}

/** The arms of a stage that stages can be added to. */
function armsOf({ document }: CanvasModel, { card, repeated }: StageItem): readonly string[] {
  const stage = document?.drawn.pipeline.stages.find(({ id }) => id === card.id);
  return stage === undefined || repeated ? [] : possibleArms(stage);
}

function addEntry(session: CanvasSession, label: string, spot: AddSpot): MenuEntry {
  return { ...entry(label, "", () => beginAdd(session, spot)), blocked: addRefusal(session, spot) };
}

function canvasEntries(session: CanvasSession, model: CanvasModel, at: Point): readonly MenuEntry[] {
  return [
    addEntry(session, "Add Stage Here…", { kind: "free", at }),
    { ...entry("Paste", "Ctrl+V", () => void pasteByMenu(session, at, "none")), blocked: editRefusal(model) },
    {
      ...entry("Search Stage…", "Ctrl+F", () => openOverlay(session, { kind: "search" })),
      startsGroup: true,
    },
    entry("Show Whole Graph", "F", () => session.order({ kind: "fit" })),
    entry("Select All", "Ctrl+A", () => selectAll(session)),
    { ...entry("Tidy Layout", "", () => tidyAll(session)), blocked: editRefusal(model), startsGroup: true },
    { ...entry("Components", "P", () => goToPalette(session)), startsGroup: true },
    entry("Keys", "?", () => openOverlay(session, { kind: "keys" })),
    entry("Open as Text", "", () => session.openAsText()),
  ];
}

function entry(label: string, keys: string, act: () => void): MenuEntry {
  return { label, keys, act, blocked: null, startsGroup: false };
}
