import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "vitest";
import { readJournal, standingEvents } from "#core/journal";
import { addressKey, type Json } from "#core/ports";
import { type FmResult, fm, startFm } from "../fm.ts";
import { effectsOnce, writeCrashProject } from "./crash-pipeline.ts";

/** The run that nobody killed. */
export interface WholeRun {
  readonly output: Json;
  readonly journal: string;
}

const killer = pathToFileURL(join(import.meta.dirname, "kill-at-line.mjs")).href;
const pipeline = "pipelines/main.pipeline.json";

export async function uninterrupted(): Promise<WholeRun> {
  return await inProject(async (folder) => {
    const { code, stdout, stderr } = await fm(["run", pipeline, "--json"], { cwd: folder });
    expect(code, stderr).toBe(0);
    expect(effectsIn(folder)).toEqual(effectsOnce);
    return { output: JSON.parse(stdout).output, journal: journalIn(folder) };
  });
}

export function countLines({ journal }: WholeRun): number {
  return journal.split("\n").length - 1;
}

/** Kills a run when its journal has so many lines, and so many bytes of the next, and goes on until it ends. */
export async function crashAtLine(whole: WholeRun, line: number, tornBytes: number): Promise<void> {
  await inProject(async (folder) => {
    const env = {
      NODE_OPTIONS: `--import=${killer}`,
      KILL_AT_LINE: String(line),
      KILL_TORN_BYTES: String(tornBytes),
    };
    const killed = await fm(["run", pipeline], { cwd: folder, env });
    expect(killed.signal, killed.stderr).toBe("SIGKILL");
    await endsAsIfNothingHadBeen(whole, folder);
  });
}

/** Kills a run after so many milliseconds, and what goes on with it after so many again; then lets it end. */
export async function crashAtAnyTime(whole: WholeRun, delaysMs: readonly number[]): Promise<void> {
  await inProject(async (folder) => {
    let consents = 0;
    let args: readonly string[] = ["run", pipeline];
    for (const ms of delaysMs) {
      const { process, ended } = startFm(args, { cwd: folder });
      const timer = setTimeout(() => process.kill("SIGKILL"), ms);
      const { code, stderr } = await ended;
      clearTimeout(timer);
      // One that was killed after its last event has succeeded.
      if (code === 0 || stderr.includes("has succeeded")) break;
      if (code === 1) consents += 1;
      // What had not begun is begun, what asks is told to do it.
      if (code === 2) expect(stderr).toMatch(/had not begun|There is no run/);
      args =
        code === 1
          ? ["resume", "latest", "--repeat-effects"]
          : code === 2
            ? ["run", pipeline]
            : ["resume", "latest"];
    }
    const consented = await endAnyhow(whole, folder);
    const effects = effectsIn(folder);
    expect([...new Set(effects)]).toEqual(effectsOnce);
    expect(repeated(effects).length).toBeLessThanOrEqual(consented + consents * effectsOnce.length);
    nothingSucceededTwice(journalIn(folder));
  });
}

/** Goes on until the end, with consent where it is asked for; says how many stages that was for. */
async function endAnyhow(whole: WholeRun, folder: string): Promise<number> {
  let result = await resume(folder);
  let consented = 0;
  if (hadNotBegun(result)) result = await fm(["run", pipeline, "--json"], { cwd: folder });
  if (result.code === 1) {
    consented = askedFor(result).length;
    result = await resume(folder, "--repeat-effects");
  }
  // It may have ended before it was killed.
  if (result.code === 2) expect(result.stderr).toContain("has succeeded");
  else expect(JSON.parse(result.stdout).output, result.stderr).toEqual(whole.output);
  return consented;
}

function askedFor({ stderr }: FmResult): readonly string[] {
  return /would have it again: ([^\n]*)\./.exec(stderr)?.[1]?.split(", ") ?? [];
}

/** Resumes the only run of a folder until it ends, consenting only to what may have happened. */
export async function endsAsIfNothingHadBeen(whole: WholeRun, folder: string): Promise<void> {
  const before = effectsIn(folder);
  let result = await resume(folder);
  if (hadNotBegun(result)) {
    expect(before).toEqual([]);
    result = await fm(["run", pipeline, "--json"], { cwd: folder });
  }
  let consented: readonly string[] = [];
  if (result.code === 1) {
    consented = [...(/would have it again: ([^\n]*)\./.exec(result.stderr)?.[1]?.split(", ") ?? [])];
    expect(consented, result.stderr).not.toEqual([]);
    // Asking did nothing. A command that the kill has left alone may have gone on meanwhile.
    expect(result.stderr).not.toContain("▶");
    result = await resume(folder, "--repeat-effects");
  }
  expect(result.code, result.stderr).toBe(0);
  expect(JSON.parse(result.stdout).output).toEqual(whole.output);
  const twice = repeated(effectsIn(folder));
  // Each effect that happened twice is one of a stage that was asked about; none is missing.
  expect(twice.length).toBeLessThanOrEqual(consented.length);
  expect([...new Set(effectsIn(folder))]).toEqual(effectsOnce);
  if (before.length > 0) nothingSucceededTwice(journalIn(folder));
}

function nothingSucceededTwice(journal: string): void {
  const { events, problems } = readJournal(journal);
  expect(problems).toEqual([]);
  const resumedAt = events.findIndex(({ kind }) => kind === "run-resumed");
  const keys = (list: typeof events, kind: string): readonly string[] =>
    list.flatMap((event) => (event.kind === kind && "address" in event ? [addressKey(event.address)] : []));
  const succeeded = new Set(keys(events.slice(0, resumedAt), "stage-succeeded"));
  expect(keys(events.slice(resumedAt), "stage-started").filter((key) => succeeded.has(key))).toEqual([]);
  const ends = keys(standingEvents(events), "stage-succeeded");
  expect(new Set(ends).size).toBe(ends.length);
}

function hadNotBegun({ code, stderr }: FmResult): boolean {
  return code === 2 && (stderr.includes("had not begun") || stderr.includes("There is no run"));
}

async function resume(folder: string, ...more: readonly string[]): Promise<FmResult> {
  return await fm(["resume", "latest", "--json", "--verbose", ...more], { cwd: folder });
}

function effectsIn(folder: string): readonly string[] {
  try {
    return readFileSync(join(folder, "effects"), "utf8").split("\n").slice(0, -1).toSorted();
  } catch {
    return [];
  }
}

function repeated(effects: readonly string[]): readonly string[] {
  return effects.filter((each, place) => effects.indexOf(each) !== place);
}

function journalIn(folder: string): string {
  const runs = join(folder, ".flowmason/runs");
  // One that was killed before it had a journal has left its folder.
  const run = readdirSync(runs).toSorted().at(-1) ?? "";
  return readFileSync(join(runs, run, "journal.ndjson"), "utf8");
}

/** A project of its own, gone when `body` is done: tests that run beside each other cannot share a hook for it. */
export async function inProject<T>(body: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "fm-crash-"));
  try {
    writeCrashProject(folder);
    return await body(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
