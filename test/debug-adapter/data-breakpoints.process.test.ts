import { expect, test } from "vitest";
import { startAdapter, startAdapterOver, transports } from "./support/adapter-process.ts";
import { transcribe } from "./support/transcript.ts";

const golden = (name: string): string => `golden/${name}.txt`;

test.each(transports)("DB-05 a value at a path stops where it has changed, over %s", async (transport) => {
  const session = transcribe(await startAdapterOver(transport));
  await session.launch("watched", { functions: [{ name: "after:box", hitCondition: "1" }] });
  await session.where();
  await session.watch([
    { row: "Output/size" },
    { row: "Output/tags/0", condition: "value and not previous" },
    { row: "vars.boxes.count" },
    { row: "input.sizes" },
  ]);
  // The second round has the same size, the third another; the variable is set to the same value once.
  for (let change = 0; change < 3; change++) {
    await session.step("continue");
    await session.where();
  }
  await session.step("continue");
  await expect(session.text()).toMatchFileSnapshot(golden("value-changed"));
});

test.each(transports)(
  "DB-05 data that crosses an edge stops where a predicate of it holds, over %s",
  async (transport) => {
    const session = transcribe(await startAdapterOver(transport));
    await session.launch("review", {
      functions: [
        { name: "edge:draft->check", condition: "len(value.scores) > 2" },
        { name: "edge:check->note", condition: "not value.passed" },
        { name: "edge:review.pipeline.json#check -> note", condition: 'value.nothing == "there"' },
        { name: "edge:draft->note" },
      ],
    });
    await session.where();
    await session.watch([
      { row: "Upstream/draft", accessType: "read" },
      { row: "Inputs/data/title" },
      { row: "upstream.check.passed", accessType: "readWrite" },
    ]);
    await session.step("continue");
    await session.where();
    await session.step("continue");
    await session.where();
    await session.step("continue");
    await expect(session.text()).toMatchFileSnapshot(golden("edge"));
  },
);

test("DB-05 a watch on data that is read stops before each stage that takes it, and can be read of its place again", async () => {
  const session = transcribe(await startAdapter());
  await session.launch("review", { functions: [{ name: "after:draft" }] });
  await session.where();
  await session.watch([
    { row: "Output/scores", accessType: "read", condition: "value[0] == 3" },
    { row: "Output/title", accessType: "read", condition: "value ==" },
  ]);
  await session.step("continue");
  await session.where();
  await session.step("reverseContinue");
  await session.where();
  await session.step("continue");
  await session.where();
  await session.step("continue");
  await expect(session.text()).toMatchFileSnapshot(golden("data-read"));
});
