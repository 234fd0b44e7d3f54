import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type AddStage,
  type GraphEdge,
  type NewStagePlace,
  nodeToJson,
  type PipelineDocument,
  parsePipeline,
  pipelineGraph,
  stageById,
} from "#core/pipeline";
import { arbitraryPipeline, writeWildly } from "../../../support/arbitrary-pipeline.ts";
import { corpusFiles } from "../../../support/corpus.ts";
import { followEdit, removedBy } from "../../../support/edit-text.ts";
import { cases } from "../../../support/soak.ts";

const stage = fc.constantFrom("a", "b", "c", "d", "e", "b/inner", "b/last");
const place: fc.Arbitrary<NewStagePlace> = fc.oneof(
  fc.constant({ kind: "free" as const }),
  fc.record({ kind: fc.constant("after" as const), stage }),
  fc.record({ kind: fc.constant("before" as const), stage }),
  fc.record({ kind: fc.constant("on-edge" as const), from: stage, to: stage }),
  fc.record({ kind: fc.constant("in-arm" as const), owner: stage, arm: fc.constantFrom("loop", "true") }),
);
const config = { prompt: 'é\n"', list: [1, [], {}], nested: JSON.parse('{ "__proto__": { "x": null } }') };

function addition(at: NewStagePlace, position: AddStage["position"]): AddStage {
  return {
    kind: "add-stage",
    componentType: "http_request",
    id: "new",
    name: "N",
    config,
    position,
    place: at,
  };
}

/** What a file says of each stage, without how it is connected. */
function contents(document: PipelineDocument): ReadonlyMap<string, string> {
  return new Map(
    document.pipeline.stages.map((each) => [
      each.id,
      JSON.stringify(
        each.fields
          .filter(({ key }) => !["id", "depends_on", "loop_stages"].includes(key))
          .map(({ key, value }) => [key, withoutArms(nodeToJson(value))]),
      ),
    ]),
  );
}

function withoutArms(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, item: unknown) =>
      key.endsWith("_stages") || key === "routes" ? undefined : item,
    ),
  );
}

function edgesOf(document: PipelineDocument): ReadonlySet<string> {
  return new Set(pipelineGraph(document).edges.map(({ from, to }) => `${from} > ${to}`));
}

function ownerOf(document: PipelineDocument, id: string): string | null {
  return pipelineGraph(document).nodes.find((node) => node.stage.id === id)?.owner?.stage ?? null;
}

/** Checks what became of the graph, and of what the file said before. */
function checkAddition(text: string, edit: AddStage): boolean {
  const before = parsePipeline(text);
  const after = followEdit(text, edit);
  if (after === null) return false;
  const known = new Set(before.pipeline.stages.map(({ id }) => id));
  const added = after.pipeline.stages.filter(({ id }) => !known.has(id));
  expect(added.map(({ id }) => id.split("/").at(-1))).toEqual(["new"]);
  const [fresh] = added;
  if (fresh === undefined) throw new Error("No stage was added.");
  expect(fresh.componentType).toBe("http_request");
  expect(fresh.name?.value).toBe("N");
  expect(fresh.config.map(({ key, value }) => [key, nodeToJson(value)])).toEqual(Object.entries(config));
  const said = new Map(contents(after));
  said.delete(fresh.id);
  // An owner without a config gets one to hold its list.
  const owner = edit.place.kind === "in-arm" ? edit.place.owner : "";
  for (const map of [said])
    if (!contents(before).get(owner)?.includes('"config"')) map.set(owner, contents(before).get(owner) ?? "");
  if (owner === "") said.delete("");
  expect(said).toEqual(contents(before));
  checkGraph(before, after, edit.place, fresh.id);
  if (edit.position !== null) {
    const line = after.pipeline.layout.find(({ key }) => key === fresh.id)?.value;
    expect(fresh.position?.value ?? (line === undefined ? null : nodeToJson(line))).toEqual(edit.position);
  }
  return true;
}

function checkGraph(before: PipelineDocument, after: PipelineDocument, at: NewStagePlace, id: string): void {
  const was = edgesOf(before);
  const is = edgesOf(after);
  const gained = [...is].filter((edge) => !was.has(edge));
  const lost = [...was].filter((edge) => !is.has(edge));
  // On a connection that goes round in a circle, the new stage goes round too.
  const old = (cycle: readonly string[]): readonly string[] => cycle.filter((each) => each !== id);
  expect(pipelineGraph(after).cycles.map(old)).toEqual(pipelineGraph(before).cycles);
  switch (at.kind) {
    case "free":
      expect([gained, lost, ownerOf(after, id)]).toEqual([[], [], null]);
      return;
    case "after":
      expect(gained).toContain(`${at.stage} > ${id}`);
      expect(gained.every((edge) => edge.endsWith(` > ${id}`))).toBe(true);
      expect(lost).toEqual([]);
      expect(ownerOf(after, id)).toBe(ownerOf(before, at.stage));
      return;
    case "before":
      expect(gained).toContain(`${id} > ${at.stage}`);
      expect(gained.every((edge) => edge.split(" > ").includes(id))).toBe(true);
      expect(lost).toEqual([]);
      expect(ownerOf(after, id)).toBe(ownerOf(before, at.stage));
      return;
    case "on-edge": {
      expect(gained).toEqual(expect.arrayContaining([`${at.from} > ${id}`, `${id} > ${at.to}`]));
      expect(gained.every((edge) => edge.includes(id))).toBe(true);
      const edge = `${at.from} > ${at.to}`;
      expect(lost.every((each) => each === edge)).toBe(true);
      const kinds = edgesBetween(before, at.from, at.to);
      const reads = edgesBetween(after, at.from, at.to).some(({ kind }) => kind === "implicit");
      if (kinds.every(({ kind }) => kind === "declared") && !reads) expect(lost).toEqual([edge]);
      return;
    }
    case "in-arm":
      expect(gained).toContain(`${at.owner} > ${id}`);
      expect(gained.every((edge) => edge === `${at.owner} > ${id}`)).toBe(true);
      expect(lost).toEqual([]);
      if (at.arm === "loop") expect(ownerOf(after, id)).toBe(at.owner);
  }
}

function edgesBetween(document: PipelineDocument, from: string, to: string): readonly GraphEdge[] {
  return pipelineGraph(document).edges.filter((edge) => edge.from === from && edge.to === to);
}

const position = fc.option(
  fc.record({ x: fc.integer({ min: -9, max: 99 }), y: fc.integer({ min: 0, max: 9 }) }),
);

test("CE-02 CE-06 a stage can be added anywhere, and nothing else changes", () => {
  let accepted = 0;
  fc.assert(
    fc.property(arbitraryPipeline, place, position, ({ text }, at, point) => {
      if (checkAddition(text, addition(at, point))) accepted += 1;
    }),
    { seed: 61, numRuns: cases(300, 5000) },
  );
  expect(accepted).toBeGreaterThan(75);
});

test("CE-02 CE-06 and so it is however oddly the file is written", () => {
  const trivia = fc.array(fc.constantFrom("", "", " ", "\n", "\r\n  ", "/* a, ] */", " // }\n", "\t"), {
    minLength: 1,
    maxLength: 12,
  });
  fc.assert(
    fc.property(arbitraryPipeline, trivia, fc.boolean(), place, ({ json }, odd, trailing, at) => {
      checkAddition(writeWildly(json, odd, trailing), addition(at, null));
    }),
    { seed: 62, numRuns: cases(200, 3000) },
  );
});

describe("CE-02 CE-06 in each file of the corpus", () => {
  test.each(corpusFiles())("$name", ({ text }) => {
    const document = parsePipeline(text);
    const places: readonly NewStagePlace[] = [
      { kind: "free" },
      ...document.pipeline.stages.map(({ id }) => ({ kind: "after" as const, stage: id })),
      ...pipelineGraph(document).edges.map(({ from, to }) => ({ kind: "on-edge" as const, from, to })),
      ...document.pipeline.stages.flatMap(({ id, arms }) =>
        arms.map(({ arm }) => ({ kind: "in-arm" as const, owner: id, arm })),
      ),
    ];
    for (const at of places) {
      const edit = addition(at, null);
      const after = followEdit(text, edit);
      if (after === null) throw new Error(`Refused: ${JSON.stringify(at)}`);
      const id = after.pipeline.stages.find((each) => stageById(document, each.id) === undefined)?.id ?? "";
      checkGraph(document, after, at, id);
      // Nothing goes but the name of a stage in a list.
      for (const piece of removedBy(text, edit)) expect(piece.trim()).toMatch(/^"[\w-]+"$/);
    }
  });
});
