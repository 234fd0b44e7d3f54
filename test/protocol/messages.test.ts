import { describe, expect, test } from "vitest";
import type { CanvasEdit } from "#core/pipeline";
import * as protocol from "#protocol";
import {
  canvasDocumentChanged,
  canvasEditRequest,
  canvasRunChanged,
  launchArguments,
  runStateEvent,
} from "#protocol";

// One of each kind: a new kind without its shape in the protocol is a compile error here and fails below.
const edits: Readonly<Record<CanvasEdit["kind"], CanvasEdit>> = {
  "move-stages": { kind: "move-stages", moves: [{ stage: "a", x: 1.5, y: -2 }] },
  "revert-stages": { kind: "revert-stages", stages: ["a"] },
  "set-stage-name": { kind: "set-stage-name", stage: "a", name: "A" },
  "delete-stages": { kind: "delete-stages", stages: ["a", "loop/item"] },
  connect: { kind: "connect", from: "a", to: "b" },
  disconnect: { kind: "disconnect", from: "a", to: "b" },
  "set-value": { kind: "set-value", stage: "a", path: ["config", "data"], value: { deep: [1, null] } },
  "unset-value": { kind: "unset-value", stage: null, path: ["description"] },
  "add-stage": {
    kind: "add-stage",
    componentType: "http_request",
    id: null,
    name: "Fetch",
    config: JSON.parse('{ "url": "https://a.example", "headers": { "__proto__": "x" } }'),
    position: { x: 1, y: 2 },
    place: { kind: "in-arm", owner: "loop", arm: "loop" },
  },
  "set-stage-field": { kind: "set-stage-field", stage: "a", path: ["retry"], value: 2 },
  "rename-stage-id": { kind: "rename-stage-id", stage: "loop/item", to: "each" },
  "set-enabled": { kind: "set-enabled", stages: ["a", "b"], state: "off" },
  reconnect: { kind: "reconnect", from: "a", to: "b", end: "from", stage: "c" },
  "reorder-stage": { kind: "reorder-stage", stage: "a", before: null },
  "move-into": { kind: "move-into", stages: ["a"], owner: "loop", arm: "loop" },
  "take-out": { kind: "take-out", stages: ["loop/item"] },
  "drop-stages": {
    kind: "drop-stages",
    stages: ["a"],
    into: { owner: "loop", arm: "loop" },
    moves: [{ stage: "a", x: 0, y: 1.5 }],
  },
  "paste-stages": {
    kind: "paste-stages",
    clipping: { stages: [{ id: "a", component_type: "logger" }] },
    at: { x: 0, y: 1 },
    into: { owner: "loop", arm: "loop" },
  },
  "duplicate-stages": { kind: "duplicate-stages", stages: ["a"], by: { x: 40, y: 40 } },
  "extract-subpipeline": {
    kind: "extract-subpipeline",
    stages: ["a", "b"],
    name: "part",
    reference: "part.pipeline.json",
    id: null,
  },
  "inline-subpipeline": { kind: "inline-subpipeline", stage: "call", pipeline: '{ "stages": [] }' },
  "add-note": {
    kind: "add-note",
    text: "why",
    position: { x: 1, y: 2 },
    size: { width: 200, height: 80 },
    color: null,
  },
  "add-group": { kind: "add-group", title: "First", stages: ["a"], color: "blue" },
  "set-layout": { kind: "set-layout", ids: ["a"], fields: { color: null } },
};

describe("messages", () => {
  test.each(Object.entries(edits))("carry the edit %s unchanged", (_, edit) => {
    const params = { baseVersion: 3, edit };
    expect(canvasEditRequest.params.parse(structuredClone(params))).toEqual(params);
  });

  test("refuse an edit that is not one", () => {
    expect(canvasEditRequest.params.safeParse({ baseVersion: 1, edit: { kind: "explode" } }).success).toBe(
      false,
    );
    expect(
      canvasEditRequest.params.safeParse({ baseVersion: 1, edit: { kind: "connect", from: "a" } }).success,
    ).toBe(false);
    expect(canvasEditRequest.params.safeParse({ edit: edits.connect }).success).toBe(false);
  });

  test("refuse text edits at places that do not exist", () => {
    const change = (offset: number) => ({
      baseVersion: 1,
      version: 2,
      change: { kind: "edits", edits: [{ offset, length: 0, text: "x" }] },
    });
    expect(canvasDocumentChanged.params.safeParse(change(0)).success).toBe(true);
    expect(canvasDocumentChanged.params.safeParse(change(-1)).success).toBe(false);
    expect(canvasDocumentChanged.params.safeParse(change(0.5)).success).toBe(false);
  });

  test("tell the news of a run in the same words from adapter to canvas", () => {
    const stages = [
      { stage: "a", status: "failed", note: "no key" },
      { stage: "b", status: "waiting" },
    ] as const;
    const body = runStateEvent.body.parse({ path: "/w/a.pipeline.json", stages, stoppedAt: "b" });
    const run = { session: "s", phase: "stopped", stages: body.stages, stoppedAt: body.stoppedAt };
    expect(canvasRunChanged.params.parse(run)).toEqual(run);
    expect(canvasRunChanged.params.safeParse({ ...run, phase: "exploded" }).success).toBe(false);
  });

  test("keep what a client adds to a launch request, and refuse a wrong type", () => {
    const launch = { pipeline: "/w/a.pipeline.json", input: { n: 1 }, __sessionId: "7" };
    expect(launchArguments.parse(launch)).toEqual(launch);
    expect(launchArguments.safeParse({ ...launch, stopOnEntry: "yes" }).success).toBe(false);
    expect(launchArguments.safeParse({}).success).toBe(false);
    expect(launchArguments.safeParse({ ...launch, replay: "latest" }).success).toBe(false);
    expect(launchArguments.safeParse({ replay: "latest" }).success).toBe(true);
  });

  test("have names of their own", () => {
    const names = Object.values(protocol).flatMap((value) =>
      typeof value === "object" && "kind" in value && "name" in value ? [value.name] : [],
    );
    expect(names.length).toBeGreaterThan(10);
    expect(new Set(names).size).toBe(names.length);
  });
});
