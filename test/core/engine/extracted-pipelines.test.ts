import fc from "fast-check";
import { expect, test } from "vitest";
import { createExecutor } from "#core/components";
import { planRun, startRun } from "#core/engine";
import { createMemoryJournal } from "#core/journal";
import { applyTextEdits, extractSubpipeline, parsePipeline } from "#core/pipeline";
import { createNodePorts } from "#host";
import { temporaryFolder } from "../../support/fm.ts";
import { catalogOf } from "./support/index.ts";

/** A pipeline whose stages each count what some before them gave, the last of them all. */
function counting(reads: readonly number[]): string {
  const ids = ["a", "b", "c", "d", "e"];
  const transform = (id: string, template: string) => ({
    id,
    component_type: "json_transform",
    config: { template },
  });
  const stages = ids.map((id, index) => {
    const before = ids.slice(0, index).filter((_, bit) => ((reads[index] ?? 0) >> bit) % 2 === 1);
    const terms = [...before.map((each) => `${each}.output`), "input.n", "(input.missing or 1)"];
    return transform(id, `{{ ${terms.join(" + ")} }}`);
  });
  const all = transform("all", `{{ [${ids.map((id) => `upstream.${id}`).join(", ")}] }}`);
  return JSON.stringify({ name: "main", stages: [...stages, all], output_stage_id: "all" }, null, 2);
}

test("CE-09 a run with some stages in a pipeline of their own gives what it gave", async () => {
  const ports = createNodePorts({ workspaceRoot: await temporaryFolder(), env: {}, providers: {} });
  const outputOf = async (text: string, part: string): Promise<unknown> => {
    const pipelines = catalogOf({ "part.pipeline.json": JSON.parse(part) });
    const planned = planRun(parsePipeline(text), { input: { n: 3 }, pipelines });
    if (!planned.ok) throw new Error(planned.problems.map(({ message }) => message).join("\n"));
    const { clock, random } = ports;
    const journal = createMemoryJournal();
    const run = startRun(planned.plan, { executor: createExecutor(ports), clock, random, journal });
    const { status, output } = await run.finished;
    return { status, output };
  };
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(15), { minLength: 5, maxLength: 5 }),
      fc.subarray(["a", "b", "c", "d", "e"], { minLength: 1 }),
      async (reads, stages) => {
        const text = counting(reads);
        const made = extractSubpipeline(parsePipeline(text), {
          kind: "extract-subpipeline",
          stages,
          name: "part",
          reference: "part",
          id: null,
        });
        if (!made.ok) return;
        accepted += 1;
        const before = await outputOf(text, made.file);
        expect(before).toMatchObject({ status: "succeeded" });
        expect(await outputOf(applyTextEdits(text, made.edits), made.file)).toEqual(before);
      },
    ),
    { seed: 102, numRuns: 60 },
  );
  expect(accepted).toBeGreaterThan(20);
});
