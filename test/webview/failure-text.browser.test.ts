import { expect, test } from "vitest";
import { shareHarness } from "./harness/share-harness.ts";
import { pipelineText } from "./pipelines.ts";

const harness = shareHarness();

test("what went wrong with a stage has two lines on it, and all words for the pointer and for screen readers", async () => {
  const note = "VALIDATION: the request needs a url, and this is none: “example” of the input";
  const text = pipelineText([{ id: "get", name: "Fetch all complaints of the last quarter" }, { id: "put" }]);
  const canvas = await harness.open({
    text,
    run: {
      session: "s",
      phase: "finished",
      stages: [{ stage: "get", status: "failed", note }],
      stoppedAt: null,
    },
  });
  const shown = canvas.stage("get").locator(".stage-note");
  await expect.poll(() => shown.getAttribute("title")).toBe(note);
  expect(await canvas.stage("get").getAttribute("aria-label")).toContain(note);
  const [box, line] = [
    await shown.boundingBox(),
    await canvas.stage("put").locator(".stage-detail").boundingBox(),
  ];
  expect(box?.height ?? 0).toBeGreaterThan(1.5 * (line?.height ?? 0));
  // All of it stands in the stage.
  const stage = await canvas.stage("get").boundingBox();
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual((stage?.y ?? 0) + (stage?.height ?? 0));
});
