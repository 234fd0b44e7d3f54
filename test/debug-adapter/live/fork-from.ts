import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { addressKey } from "#core/ports";
import { readRunFile } from "#host";
import type { ForkPlan } from "#protocol";
import { launchWatched, leave, runOn, type Walk } from "./walk.ts";

/** Asks what a fork from what is shown would do, with an output or a stage that is otherwise; nothing runs for it. */
export async function planFork(walk: Walk, stage: string, number: number): Promise<void> {
  const { client, models } = walk;
  const asked = models.asked();
  const changes = [{}, { again: [stage] }, { set: { [`${stage}.output.content`]: `set ${number}` } }];
  const change = changes[number % changes.length] ?? {};
  const { success, body } = await client.ask("flowmason/forkPlan", { at: "shown", ...change });
  expect(models.asked()).toBe(asked);
  // A stage that has not run yet, or has no such output, is refused.
  if (!success) return;
  const plan: ForkPlan = body;
  // What no stage is called yet is read as something of the one around it.
  if (!("set" in change) || plan.kept.includes(stage)) walk.forks.push(plan);
}

/** Has a fork run that was planned on the way: what it takes over asks no model, and the run that it is of stays as it was. */
export async function holdToFork(walk: Walk): Promise<void> {
  const plan = walk.forks.at(-1);
  if (plan === undefined) return;
  const runs = join(walk.folder, ".flowmason", "runs");
  const journalOf = (run: string): string => join(runs, run, "journal.ndjson");
  const [forked = ""] = await readdir(runs);
  const before = await readFile(journalOf(forked), "utf8");
  const { fork, cwd } = plan.launch;
  const watched = await launchWatched({ fork: { ...fork, repeatEffects: true }, cwd });
  try {
    await runOn(watched);
  } finally {
    await leave(watched);
  }
  expect(await readFile(journalOf(forked), "utf8")).toBe(before);
  const made = (await readdir(runs)).find((run) => run !== forked) ?? "";
  const { events, problems } = (await readRunFile(journalOf(made))).recorded;
  expect(problems).toEqual([]);
  expect(events.at(-1)?.kind).toBe("run-finished");
  const from = events.findIndex(({ kind }) => kind === "run-resumed");
  const ran = events
    .slice(from)
    .flatMap((event) => (event.kind === "model-called" ? [addressKey(event.address)] : []));
  expect(ran.filter((stage) => plan.kept.includes(stage))).toEqual([]);
}
