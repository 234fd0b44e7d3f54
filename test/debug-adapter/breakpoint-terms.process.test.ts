import { expect, test } from "vitest";
import { startAdapter, startAdapterOver, transports } from "./support/adapter-process.ts";
import { transcribe } from "./support/transcript.ts";

const golden = (name: string): string => `golden/${name}.txt`;

test.each(transports)(
  "DB-04 a condition sees what an expression of the stage sees, and stops where it holds, over %s",
  async (transport) => {
    const session = transcribe(await startAdapterOver(transport));
    await session.launch("loop", { lines1: [{ line: 12, condition: 'context.item == "green"' }] });
    await session.look();
    await session.step("continue");
    await expect(session.text()).toMatchFileSnapshot(golden("condition"));
  },
);

test.each(transports)(
  "DB-04 a hit count counts the rounds in which the condition holds, over %s",
  async (transport) => {
    const session = transcribe(await startAdapterOver(transport));
    const words = ["red", "green", "blue", "white", "black", "grey", "pink"];
    await session.launch("loop", {
      lines1: [{ line: 12, condition: "len(context.item) > 3", hitCondition: "%2" }],
      more: { input: { words } },
    });
    await session.look();
    // What is sent again as it was goes on counting.
    await session.setBreakpoints("loop", [
      6,
      { line: 12, condition: "len(context.item) > 3", hitCondition: "%2" },
    ]);
    await session.step("continue");
    await session.look();
    // A change of it counts from the beginning.
    await session.setBreakpoints("loop", [{ line: 12, condition: "true", hitCondition: ">= 2" }]);
    await session.step("continue");
    await session.look();
    await session.step("continue");
    await expect(session.text()).toMatchFileSnapshot(golden("hit-count"));
  },
);

test.each(transports)(
  "DB-04 a log point writes its message and does not stop, over %s",
  async (transport) => {
    const session = transcribe(await startAdapterOver(transport));
    await session.launch("loop", {
      lines1: [
        { line: 12, logMessage: "round {context.index}: {{upper(context.item)}} \\{of} {upstream.each}" },
        { line: 17, logMessage: "no {upstream.nothing}" },
      ],
    });
    await expect(session.text()).toMatchFileSnapshot(golden("log-points"));
  },
);

test("DB-04 a condition that fails does not stop, and is written about once", async () => {
  const session = transcribe(await startAdapter());
  await session.launch("loop", { lines1: [{ line: 12, condition: "context.itm.size > 3" }] });
  await expect(session.text()).toMatchFileSnapshot(golden("condition-fails"));
});

test("DB-04 terms that cannot be read are refused where they were set, and do not stop", async () => {
  const session = transcribe(await startAdapter());
  await session.launch("review", {
    lines1: [
      { line: 14, condition: "len(upstream.draft.scores" },
      { line: 14, condition: "lenn(upstream.draft.scores) > 1" },
      { line: 14, hitCondition: "often" },
      { line: 14, hitCondition: "0" },
      { line: 14, logMessage: "scores: {upstream.draft.}" },
    ],
  });
  await expect(session.text()).toMatchFileSnapshot(golden("terms-refused"));
});
