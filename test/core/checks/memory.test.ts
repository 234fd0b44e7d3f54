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
  const alive = (): number => earlier.filter((reference) => reference.deref() !== undefined).length;
  // A weak reference holds until the turn is over; what V8 compiles at the same time holds its objects a little longer.
  for (let turn = 0; turn < 20 && alive() > 1; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
    collect();
  }
  expect(alive()).toBe(1);
  expect(document.pipeline.stages).toHaveLength(2);
});
