import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { expect, onTestFinished, test } from "vitest";
import { fm, startFm, temporaryFolder } from "../support/fm.ts";
import { processGone } from "../support/process-gone.ts";

const asking = {
  name: "release",
  version: "1.0.0",
  stages: [
    { id: "deploy", component_type: "approval", config: { prompt: "Deploy?" } },
    {
      id: "where",
      component_type: "approval",
      config: { prompt: "Where?", kind: "choice", options: ["eu", "us east"] },
    },
    {
      id: "done",
      component_type: "json_transform",
      config: { template: "{{ upstream.deploy.approved }} {{ upstream.where.answer }}" },
    },
  ],
};

/** A workspace with a pipeline that asks. */
async function workspaceOf(pipeline: object): Promise<string> {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "flowmason.json"), "{}");
  await writeFile(join(folder, "release.pipeline.json"), JSON.stringify(pipeline));
  return folder;
}

/** Resolves once the stream has said each of these, in any order. */
function untilSaid(stream: Readable, ...texts: readonly string[]): Promise<string> {
  let all = "";
  return new Promise((resolve) => {
    stream.on("data", (piece: string) => {
      all += piece;
      if (texts.every((text) => all.includes(text))) resolve(all);
    });
  });
}

test("a run waits, says how to answer, and goes on when other processes have answered", async () => {
  const cwd = await workspaceOf(asking);
  const run = startFm(["run", "release.pipeline.json"], { cwd });
  const said = await untilSaid(run.process.stderr, "deploy yes", "where eu");
  const id = /fm answer ([\w-]+) deploy yes\n/.exec(said)?.[1] ?? "";
  expect(said).toContain("? deploy asks: Deploy? (yes or no)");

  const list = await fm(["answer"], { cwd });
  expect(list.stdout).toBe(`${id} deploy: Deploy? (yes or no)\n${id} where: Where? (eu, us east)\n`);
  const document = JSON.parse((await fm(["answer", "--json"], { cwd })).stdout) as unknown;
  expect(document).toMatchObject({
    questions: [{ run: id, stage: "deploy", kind: "confirm" }, { stage: "where" }],
  });

  const unclear = await fm(["answer", id, "yes"], { cwd });
  expect(unclear).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("Name the stage: deploy, where."),
  });
  const unfit = await fm(["answer", id, "deploy", "maybe"], { cwd });
  expect(unfit).toMatchObject({ code: 2, stderr: expect.stringContaining("Answer with yes or no.") });
  const nowhere = await fm(["answer", id, "other", "yes"], { cwd });
  expect(nowhere).toMatchObject({ code: 2, stderr: expect.stringContaining('nothing at stage "other"') });

  expect(await fm(["answer", id.slice(0, 4), "deploy", "yes"], { cwd })).toMatchObject({ code: 0 });
  // The one question that is left needs no name.
  expect(await fm(["answer", id, "2"], { cwd: "/", env: {} })).toMatchObject({ code: 2 });
  expect(await fm(["answer", id, "2", "--folder", cwd])).toMatchObject({ code: 0 });
  const ended = await run.ended;
  expect(ended).toMatchObject({ code: 0, stdout: "true us east\n" });
  expect(ended.stderr).toContain("(fm answer): yes");
  expect(await readdir(join(cwd, ".flowmason", "runs", id))).not.toContain("answers.json");
  const over = await fm(["answer", id, "yes"], { cwd });
  expect(over).toMatchObject({ code: 2, stderr: expect.stringContaining("waits in this workspace") });
});

test("of two answers at once exactly one is taken", async () => {
  const only = { ...asking, stages: asking.stages.slice(1, 2) };
  const cwd = await workspaceOf(only);
  const run = startFm(["run", "release.pipeline.json"], { cwd });
  const said = await untilSaid(run.process.stderr, "where eu");
  const id = /fm answer ([\w-]+)/.exec(said)?.[1] ?? "";
  const answers = await Promise.all(
    ["eu", "us east"].map((value) => fm(["answer", id, "where", value], { cwd })),
  );
  // The one that was too late met a closed question, or a run that had ended.
  expect(answers.map(({ code }) => code).filter((code) => code === 0)).toHaveLength(1);
  expect(answers.map(({ code }) => code).filter((code) => code === 1 || code === 2)).toHaveLength(1);
  const taken = ["eu", "us east"][answers.findIndex(({ code }) => code === 0)];
  expect(JSON.parse((await run.ended).stdout)).toMatchObject({ answer: taken });
});

test("fm answer with nothing to answer, and written wrongly", async () => {
  const cwd = await workspaceOf(asking);
  expect(await fm(["answer"], { cwd })).toMatchObject({ code: 0, stdout: "" });
  expect(JSON.parse((await fm(["answer", "--json"], { cwd })).stdout)).toEqual({ questions: [] });
  for (const operands of [["x"], ["a", "b", "c", "d"], ["x", "yes", "--json"]])
    expect(await fm(["answer", ...operands], { cwd })).toMatchObject({ code: 3 });
  expect(await fm(["answer", "x", "yes"], { cwd })).toMatchObject({ code: 2 });
});

test("a question fails at once where no place for answers can be made", async () => {
  const cwd = await workspaceOf({ ...asking, stages: asking.stages.slice(0, 1) });
  await writeFile(join(cwd, ".flowmason"), "a file");
  const { code, stderr } = await fm(["run", "release.pipeline.json", "--no-record"], { cwd });
  expect(code).toBe(1);
  expect(stderr).toContain('No one can be asked "Deploy?"');
});

test("Ctrl+C ends a run that waits, and leaves nothing but its record", async () => {
  const cwd = await workspaceOf({ ...asking, stages: asking.stages.slice(0, 1) });
  const run = startFm(["run", "release.pipeline.json"], { cwd });
  await untilSaid(run.process.stderr, "deploy yes");
  run.process.kill("SIGINT");
  expect(await run.ended).toMatchObject({ code: 130 });
  const runs = join(cwd, ".flowmason", "runs");
  const [id = ""] = await readdir(runs);
  expect(await readdir(join(runs, id))).toEqual(["journal.ndjson", "run.json", "writer-1.json"]);
});

const command = {
  name: "work",
  version: "1.0.0",
  stages: [
    { id: "work", component_type: "command", config: { command: "sleep 1000 & echo child $! >&2; wait" } },
  ],
};

test.each(["SIGKILL", "SIGINT"] as const)(
  "a command does not outlive fm, even when it gets %s",
  async (signal) => {
    const cwd = await workspaceOf(command);
    const run = startFm(["run", "release.pipeline.json", "--verbose"], {
      cwd,
      env: { PATH: process.env["PATH"] ?? "" },
    });
    const said = await untilSaid(run.process.stderr, "child ");
    const pid = Number(/child (\d+)/.exec(said)?.[1]);
    expect(pid).toBeGreaterThan(1);
    onTestFinished(() => {
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // It is gone, as it should be.
      }
    });
    run.process.kill(signal);
    await run.ended;
    await processGone(pid);
  },
);
