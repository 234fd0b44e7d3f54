import fc from "fast-check";
import { expect, test } from "vitest";
import { type GatePoint, viewRecord } from "#core/engine";
import type { Binding, Scope } from "#core/expressions";
import { createTimeline, type JournalEvent } from "#core/journal";
import { addressKey } from "#core/ports";
import { cases } from "../../support/soak.ts";
import { begin, catalogOf, heldExecutor, settled } from "./support/index.ts";
import { nestedPipeline, type Part, parts } from "./support/nested-pipeline.ts";

const seed = 20261126;

test(
  "TT-02 at each gate of a record there is what there was at that gate of the run: its values, its branch, and all names in sight",
  async () => {
    const orders = fc.array(fc.nat(100), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(parts, orders, fc.integer({ min: 1, max: 4 }), fc.nat(60), looksAsItDid),
      { seed, numRuns: cases(10, 10_000) },
    );
  },
  cases(60_000, 3_600_000),
);

async function looksAsItDid(
  list: readonly Part[],
  order: readonly number[],
  room: number,
  cancelAt: number,
): Promise<void> {
  const { pipeline, called } = nestedPipeline(list, room);
  const executor = heldExecutor();
  const asked: object[] = [];
  const { run, journal, plan } = begin(pipeline, {
    executor,
    plan: { pipelines: catalogOf(called) },
    gate: (point) => {
      // These pipelines ask no model.
      if (point.kind === "within") throw new Error(`a step within ${point.stage}`);
      asked.push({ ...shown(point), names: namesOf(run.scopeAt(point.address), point) });
      return undefined;
    },
  });
  await settled();
  for (let turn = 0; executor.running.length > 0; turn++) {
    if (turn === cancelAt) run.cancel();
    else await executor.release((order[turn % order.length] ?? 0) % executor.running.length);
    await settled();
  }
  await run.finished;
  // As a file keeps them: everything that counts survives being text.
  const events: readonly JournalEvent[] = JSON.parse(JSON.stringify(journal.events));
  const view = viewRecord(plan, createTimeline(events), (ref) => {
    const value = journal.value(ref);
    if (value === undefined) throw new Error(`no value ${ref.ref}`);
    return value;
  });
  const recorded = view.gates.map((gate) => {
    const point = view.pointOf(gate);
    return { ...shown(point), names: namesOf(view.scopeAt(gate.seq, gate.address), point) };
  });
  expect(recorded).toEqual(asked);
}

function shown(point: GatePoint): object {
  // Whether the run still waits for the gate is nothing that it shows.
  const { address, released: _released, ...rest } = { released: undefined, ...point };
  return { at: addressKey(address), ...JSON.parse(JSON.stringify(rest)) };
}

/** All that a scope has, as it can be compared: at the end of a stage that failed all but what that is to others, which begins then. */
function namesOf(scope: Scope | undefined, point: GatePoint): object | undefined {
  if (scope === undefined) return undefined;
  const names = new Set([...scope.names(), "loop", "error", "output", "matrix"]);
  const own = point.kind === "after" && point.outcome.kind !== "succeeded" ? [point.stage] : [];
  return Object.fromEntries(
    Array.from(names, (name) => [name, own.includes(name) ? null : told(scope.resolve(name), own)]),
  );
}

function told(binding: Binding | undefined, without: readonly string[]): unknown {
  switch (binding?.kind) {
    case undefined:
      return undefined;
    case "value":
      return binding.value;
    case "namespace":
      return Object.fromEntries(
        Array.from(binding.names(), (name) => [
          name,
          without.includes(name) ? null : told(binding.resolve(name), without),
        ]),
      );
    case "stage":
      return { stage: binding.id, output: binding.output };
    case "absent":
      // One whose skip was asked for and is not recorded yet: a record has it when it is.
      return binding.what.replace(/ was skipped$/, " has not ended");
  }
}
