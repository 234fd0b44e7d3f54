import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { checkPipeline } from "#core/checks";
import { parsePipeline } from "#core/pipeline";

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");

test("what is kept of a stage keeps no earlier document alive", async () => {
  const stage = (id: string, message: string): string =>
    `{ "id": "${id}", "component_type": "logger", "config": { "message": "${message}" } }`;
  const textOf = (end: string): string =>
    `{ "stages": [${stage("a", "\\\\n{{ input.x }}")}, ${stage("b", `{{ upstream.a }} ${end}`)}] }`;
  let document = parsePipeline(textOf("0"));
  checkPipeline(document);
  const earlier = [new WeakRef(document)];
  for (let round = 1; round <= 20; round++) {
    document = parsePipeline(textOf(String(round)), document);
    checkPipeline(document);
    earlier.push(new WeakRef(document));
  }
  // A weak reference holds until the turn is over.
  await new Promise((resolve) => setImmediate(resolve));
  collect();
  expect(earlier.filter((reference) => reference.deref() !== undefined)).toHaveLength(1);
  expect(document.pipeline.stages).toHaveLength(2);
});
