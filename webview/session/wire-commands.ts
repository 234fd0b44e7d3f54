import { connectionRefusal } from "../graph/connection-rule.ts";
import type { GraphView } from "../graph/graph-view.ts";
import { outermost } from "../graph/neighbour.ts";
import type { Wire } from "../graph/wires.ts";
import { connectionGround, editRefusal } from "../model/canvas-model.ts";
import { wireFlow } from "../model/wire-flow.ts";
import type { CanvasSession } from "./canvas-session.ts";
import { editAloud } from "./edit-aloud.ts";
import { openOverlay } from "./overlay-commands.ts";

/** Selects the next or the previous connection of the stage that the keyboard is at, and has it said. */
export function stepToWire(session: CanvasSession, step: 1 | -1): void {
  const { document, focus, selection, run } = session.store.get();
  if (document === null) return;
  const { graph } = document;
  const at = focus ?? outermost(graph, "first");
  const wires = wiresAt(graph, at ?? "");
  const before = wires.findIndex(({ id }) => id === selection.wire);
  const index = before < 0 ? (step === 1 ? 0 : wires.length - 1) : before + step;
  const wire = wires[(index + wires.length) % Math.max(1, wires.length)];
  if (wire === undefined) {
    session.announce("This stage has no connection.");
    return;
  }
  session.store.update((model) => ({
    ...model,
    focus: at,
    selection: { stages: new Set(), wire: wire.id },
  }));
  const value = run.values.get(wire.fromStage);
  session.announce(
    `Connection ${wires.indexOf(wire) + 1} of ${wires.length}: ${wireWords(graph, wire)}${value === undefined ? "" : `; its value is ${wireFlow(value, wire.toStage).words}`}.`,
  );
}

/** Those that come in, then those that go out. */
function wiresAt({ wires }: GraphView, key: string): readonly Wire[] {
  const all = [...wires.values()];
  return [...all.filter(({ to }) => to === key), ...all.filter(({ from }) => from === key)];
}

/** A connection as people say it: `from “Fetch” to “Shape”, made by an expression`. */
export function wireWords(graph: GraphView, { from, to, kind, label }: Wire): string {
  const words = `from “${titleOf(graph, from)}” to “${titleOf(graph, to)}”`;
  switch (kind) {
    case "declared":
      return label === null ? words : `${words}, branch ${label}`;
    case "branch":
      return `${words}, branch ${label ?? ""}`;
    case "implicit":
      return `${words}, made by an expression`;
  }
}

/** What a stage is called, by its key. */
export function titleOf({ items }: Pick<GraphView, "items">, key: string): string {
  const item = items.get(key);
  return item?.kind === "stage" ? item.card.title : key;
}

/** The connection that is selected. */
export function selectedWire(session: CanvasSession): Wire | undefined {
  const { document, selection } = session.store.get();
  return selection.wire === null ? undefined : document?.graph.wires.get(selection.wire);
}

/** Asks to which stage an end of a connection is to be taken; where it cannot, tells why. */
export function beginReconnect(session: CanvasSession, wire: Wire | undefined, end: "from" | "to"): void {
  const refusal =
    wire === undefined
      ? "Choose a connection of the stage with W first."
      : (editRefusal(session.store.get()) ?? fixedWireMessage(wire));
  if (refusal !== null) session.tell("error", refusal);
  else if (wire !== undefined) openOverlay(session, { kind: "reconnect", wire: wire.id, end });
}

/** Why the end of a connection cannot be taken elsewhere: it stands in an expression; null when it can. */
export function fixedWireMessage({ kind, fromStage, toStage }: Wire): string | null {
  return kind === "implicit"
    ? `“${toStage}” uses the output of “${fromStage}” in an expression. Change that in the text.`
    : null;
}

/** Why an end of a connection cannot be taken to a stage (its key), for the user; null when it can. */
export function reconnectRefusal(
  session: CanvasSession,
  wire: Wire,
  end: "from" | "to",
  key: string,
): string | null {
  const ground = connectionGround(session.store.get());
  if (ground === null) return null;
  if (key === wire[end]) return "The connection ends there already.";
  const [from, to] = end === "from" ? [key, wire.to] : [wire.from, key];
  return connectionRefusal(ground, from, to);
}

/** Takes an end of a connection to a stage (its key), selects what it has become, or tells why not. */
export function takeEnd(session: CanvasSession, wire: Wire, end: "from" | "to", key: string): void {
  const { document } = session.store.get();
  const stage = document?.graph.items.get(key);
  if (document === null || stage?.kind !== "stage" || key === wire[end]) return;
  const refusal = editRefusal(session.store.get()) ?? reconnectRefusal(session, wire, end, key);
  if (refusal !== null) {
    session.tell("error", refusal);
    return;
  }
  const [from, to] = end === "from" ? [key, wire.to] : [wire.from, key];
  const done = editAloud(
    session,
    { kind: "reconnect", from: wire.fromStage, to: wire.toStage, end, stage: stage.card.id },
    `The connection goes from “${titleOf(document.graph, from)}” to “${titleOf(document.graph, to)}” now.`,
  );
  if (done === "refused") return;
  const { graph } = session.store.get().document ?? document;
  const now = [...graph.wires.values()].find((each) => each.from === from && each.to === to);
  if (now !== undefined) {
    session.store.update((model) => ({ ...model, selection: { stages: new Set(), wire: now.id } }));
  }
}
