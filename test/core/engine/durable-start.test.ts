import { expect, test } from "vitest";
import { componentDefinitions } from "#core/component-definitions";
import { createMemoryJournal, type JournalEvent } from "#core/journal";
import type { JsonObject } from "#core/ports";
import { begin, definitions, heldExecutor, pipelineOf, settled, stage } from "./support/index.ts";

/** A journal whose flush ends when the test says so. */
function slowJournal() {
  const journal = createMemoryJournal();
  const waiting: { readonly resolve: () => void; readonly reject: (error: unknown) => void }[] = [];
  return {
    journal: {
      ...journal,
      flush: () => new Promise<void>((resolve, reject) => waiting.push({ resolve, reject })),
    },
    waiting,
  };
}

const withHttp = new Map([
  ...definitions,
  ...["http_request", "command"].flatMap((type) => {
    const definition = componentDefinitions.get(type);
    return definition === undefined ? [] : [[type, definition] as const];
  }),
]);

function started(pipeline: object) {
  const { journal, waiting } = slowJournal();
  const executor = heldExecutor();
  const begun = begin(pipeline, { executor, journal, plan: { definitions: withHttp } });
  return { ...begun, executor, waiting, events: journal.events };
}

const get = { url: "http://localhost/" };

test.each<[string, JsonObject, JsonObject]>([
  ["command", { command: "true" }, {}],
  ["http_request", { ...get, method: "POST" }, {}],
  ["step", { value: 1 }, { idempotent: false }],
])("a %s that cannot be done twice begins when its start is safe", async (type, config, more) => {
  const { executor, waiting, events } = started(pipelineOf(stage("a", type, config, more)));
  await settled();
  expect(events.map(({ kind }: JournalEvent) => kind)).toEqual(["run-started", "stage-started"]);
  expect(executor.running).toEqual([]);
  waiting[0]?.resolve();
  await settled();
  expect(executor.running.map(({ address }) => address.stage)).toEqual(["a"]);
});

test.each<[string, JsonObject, JsonObject]>([
  ["http_request", get, {}],
  ["http_request", { ...get, method: "HEAD" }, {}],
  ["command", { command: "true" }, { idempotent: true }],
  ["step", { value: 1 }, {}],
])("a %s that can be done twice does not wait", async (type, config, more) => {
  const { executor, waiting } = started(pipelineOf(stage("a", type, config, more)));
  await settled();
  expect(waiting).toEqual([]);
  expect(executor.running.map(({ address }) => address.stage)).toEqual(["a"]);
});

test("a stage whose start cannot be made safe does not begin, and the run says so", async () => {
  const { executor, waiting, run } = started(pipelineOf(stage("a", "command", { command: "true" })));
  const ended = run.finished.then(
    () => "ended",
    (error: unknown) => String(error),
  );
  await settled();
  waiting[0]?.reject(new Error("the disk is full"));
  expect(await ended).toBe("Error: the disk is full");
  expect(executor.running).toEqual([]);
});

test("a stage that is cancelled while its start is made safe does not begin", async () => {
  const { executor, waiting, run } = started(pipelineOf(stage("a", "command", { command: "true" })));
  await settled();
  run.cancel();
  await settled();
  for (const { resolve } of waiting) resolve();
  expect((await run.finished).status).toBe("cancelled");
  expect(executor.running).toEqual([]);
});

test("stages that cannot be done twice begin in their order, whichever is safe first", async () => {
  const both = pipelineOf(
    stage("a", "command", { command: "true" }),
    stage("b", "command", { command: "true" }),
  );
  const { executor, waiting } = started(both);
  await settled();
  waiting[1]?.resolve();
  await settled();
  expect(executor.running).toEqual([]);
  waiting[0]?.resolve();
  await settled();
  expect(executor.running.map(({ address }) => address.stage)).toEqual(["a", "b"]);
});
