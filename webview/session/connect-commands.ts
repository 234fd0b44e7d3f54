import { connectionRefusal } from "../graph/connection-rule.ts";
import type { Wire } from "../graph/wires.ts";
import { connectionGround, editRefusal } from "../model/canvas-model.ts";
import { actedOn } from "../model/selection.ts";
import type { CanvasSession } from "./canvas-session.ts";
import { editAloud } from "./edit-aloud.ts";
import { openOverlay } from "./overlay-commands.ts";
import { stageItem } from "./stage-of-key.ts";

/** Makes `to` depend on `from` (keys), or tells why not. */
export function connect(session: CanvasSession, from: string, to: string): void {
  const ground = connectionGround(session.store.get());
  const source = stageItem(session, from);
  const target = stageItem(session, to);
  if (ground === null || source === null || target === null) return;
  const refusal = editRefusal(session.store.get()) ?? connectionRefusal(ground, from, to);
  if (refusal !== null) {
    session.tell("error", refusal);
    return;
  }
  session.edit({ kind: "connect", from: source.card.id, to: target.card.id });
  session.announce(`Connected “${source.card.title}” to “${target.card.title}”.`);
}

/** Asks which stage is to depend on the one that a key is about, or tells why none can. */
export function beginConnect(session: CanvasSession): void {
  const model = session.store.get();
  const [from, ...others] = actedOn({ ...model, selection: { ...model.selection, wire: null } });
  const refusal =
    editRefusal(model) ??
    (from === undefined || others.length > 0 ? "Select one stage to connect it to another." : null);
  if (refusal !== null) session.tell("error", refusal);
  else if (from !== undefined) openOverlay(session, { kind: "connect", from: from.key });
}

/** Takes a wire away, or tells what it comes from. */
export function disconnect(session: CanvasSession, wire: Wire): void {
  switch (wire.kind) {
    case "declared":
      session.edit({ kind: "disconnect", from: wire.fromStage, to: wire.toStage });
      session.announce(`“${wire.toStage}” no longer depends on “${wire.fromStage}”.`);
      return;
    case "implicit":
      session.tell(
        "error",
        `“${wire.toStage}” uses the output of “${wire.fromStage}” in an expression. Change that in the text.`,
      );
      return;
    case "branch":
      editAloud(
        session,
        { kind: "disconnect", from: wire.fromStage, to: wire.toStage },
        `“${wire.toStage}” is in no branch of “${wire.fromStage}” any more.`,
      );
      return;
  }
}

/** Deletes the selected wire, or tells why not. */
export function deleteSelectedWire(session: CanvasSession): void {
  const { document, selection } = session.store.get();
  const wire = selection.wire === null ? undefined : document?.graph.wires.get(selection.wire);
  if (wire !== undefined) disconnect(session, wire);
}
