import { expect, test } from "vitest";
import { parsePipeline } from "#core/pipeline";
import { compareGraphs, wirePair } from "../../../webview/comparison/compare-graphs.ts";
import { nestedStages, pipelineText } from "../pipelines.ts";
import { compared, eachChange } from "./compared-texts.ts";

function graphsOf({ before, after, diff }: ReturnType<typeof compared>) {
  return compareGraphs(parsePipeline(before), parsePipeline(after), diff);
}

const stagesOf = ({ items }: ReturnType<typeof graphsOf>["union"]): readonly string[] =>
  [...items.values()].flatMap((item) => (item.kind === "stage" ? [item.card.id] : []));

test("DM-04 the union has the stages and edges of both pipelines, each with what has become of it", () => {
  const { union, before, after, stages, wires, oldIds } = graphsOf(eachChange);
  expect(stagesOf(union)).toEqual(["fetch", "digest", "urgent", "page", "mail", "report", "store", "check"]);
  expect(stagesOf(before)).not.toContain("store");
  expect(stagesOf(after)).not.toContain("check");
  expect(Object.fromEntries(stages)).toEqual({
    digest: ["renamed", "changed"],
    check: ["removed"],
    urgent: ["changed"],
    mail: ["moved"],
    report: ["changed"],
    store: ["added"],
  });
  expect(oldIds).toEqual(new Map([["digest", "summarize"]]));
  // That its stage has another id now changes no edge.
  expect(Object.fromEntries(wires)).toEqual({
    "digest urgent": "added",
    "digest check": "removed",
    "check urgent": "removed",
    "urgent mail": "changed",
    "report store": "added",
  });
  const drawn = [...union.wires.values()].map(wirePair);
  expect(drawn).toEqual(expect.arrayContaining([...wires.keys()]));
});

test("stages of both pipelines stand at one place in all three graphs, and no box stands on another", () => {
  const { union, before, after } = graphsOf(eachChange);
  for (const side of [before, after])
    for (const [key, box] of side.boxes) expect(box).toEqual(union.boxes.get(key));
  const boxes = [...union.boxes.values()];
  for (const [index, a] of boxes.entries())
    for (const b of boxes.slice(index + 1)) {
      const apart =
        a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
      expect(apart).toBe(true);
    }
});

test("a stage that is gone keeps its place in the file, where nothing else has come to it", () => {
  const [a, b, c] = ["a", "b", "c"].map((id, index) => ({ id, position: { x: 400 * index, y: 40 } }));
  if (a === undefined || b === undefined || c === undefined) throw new Error("There are three.");
  const gone = graphsOf(compared(pipelineText([a, b]), pipelineText([a])));
  expect(gone.union.boxes.get("b")).toMatchObject({ x: 400, y: 40 });
  const replaced = graphsOf(
    compared(
      pipelineText([a, { ...b, component_type: "http_request", config: { url: "u" } }]),
      pipelineText([a, { ...c, position: b.position }]),
    ),
  );
  expect(replaced.union.boxes.get("c")).toMatchObject({ x: 400, y: 40 });
  expect(replaced.union.boxes.get("b")).not.toMatchObject({ x: 400, y: 40 });
});

test("a stage that went from a body is inside it where it was, and outside where it is", () => {
  const moved = JSON.parse(nestedStages);
  const { enrich } = moved.stages.each.loop_stages;
  delete moved.stages.each.loop_stages.enrich;
  moved.stages.enrich = enrich;
  const { before, after } = graphsOf(compared(nestedStages, JSON.stringify(moved)));
  const parentOf = (side: typeof before, id: string) => side.items.get(side.keyOf.get(id) ?? "")?.parent;
  const inLoop = stagesOf(before).find((id) => id.endsWith("enrich")) ?? "";
  expect(parentOf(before, inLoop)).toMatch(/^each/);
  expect(parentOf(after, "enrich")).toBe(null);
});
