import { readFileSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fm, startFm, temporaryFolder } from "../support/fm.ts";

const command = (id: string, line: string, more: object = {}) => ({
  id,
  component_type: "command",
  config: { command: line },
  ...more,
});

async function folderWith(...stages: readonly object[]): Promise<string> {
  const cwd = await temporaryFolder();
  writeFileSync(join(cwd, "p.pipeline.json"), JSON.stringify({ name: "p", stages }));
  return cwd;
}

function lines(cwd: string, file: string): readonly string[] {
  return readFileSync(join(cwd, file), "utf8").split("\n").slice(0, -1);
}

test("TT-11 a run that was killed goes on where it was, and asks before it does anything twice", async () => {
  const cwd = await folderWith(
    command("first", "echo first >> log; echo 1"),
    command("second", "echo second >> log; while [ ! -e go ]; do sleep 0.05; done; echo 2", {
      depends_on: ["first"],
    }),
    command("third", "echo third >> log; echo {{ second.output.value }}", { depends_on: ["second"] }),
  );
  const running = startFm(["run", "p.pipeline.json"], { cwd });
  await until(() => lines(cwd, "log").includes("second"));
  running.process.kill("SIGKILL");
  await running.ended;
  writeFileSync(join(cwd, "go"), "");

  const asked = await fm(["resume", "latest"], { cwd });
  expect(asked.code).toBe(1);
  expect(asked.stderr).toContain("would have it again: second.");
  expect(lines(cwd, "log")).toEqual(["first", "second"]);

  const done = await fm(["resume", "latest", "--repeat-effects"], { cwd });
  expect({ code: done.code, output: JSON.parse(done.stdout).value }).toEqual({ code: 0, output: "2" });
  expect(lines(cwd, "log")).toEqual(["first", "second", "second", "third"]);
});

test("a run that failed is tried again where it failed, with the pipeline it began with", async () => {
  const cwd = await folderWith(
    command("a", "echo a >> log; echo 1"),
    command("b", "echo b >> log; test -e ok && echo {{ a.output.value }}", { depends_on: ["a"] }),
  );
  expect((await fm(["run", "p.pipeline.json"], { cwd })).code).toBe(1);
  writeFileSync(join(cwd, "ok"), "");
  writeFileSync(join(cwd, "p.pipeline.json"), "{");
  const { code, stdout, stderr } = await fm(["resume", "latest", "--json"], { cwd });
  expect(stderr).toContain("↻ b had failed");
  expect({ code, status: JSON.parse(stdout).status }).toEqual({ code: 0, status: "succeeded" });
  expect(lines(cwd, "log")).toEqual(["a", "b", "b"]);
  const again = await fm(["resume", "latest"], { cwd });
  expect(again.code).toBe(2);
  expect(again.stderr).toContain("has succeeded, so that there is nothing to go on with");
});

test("TT-06 a dry run says what would run and why, and runs nothing", async () => {
  const cwd = await folderWith(
    command("a", "echo a >> log; echo 1"),
    command("b", "echo b >> log; exit 3", { depends_on: ["a"] }),
    command("c", "echo c >> log", { depends_on: ["b"] }),
  );
  await fm(["run", "p.pipeline.json"], { cwd });
  const { code, stdout } = await fm(["resume", "latest", "--dry-run", "--json"], { cwd });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    status: "planned",
    kept: ["a"],
    again: [
      { stage: "b", why: "had failed" },
      { stage: "c", why: "waits for b" },
    ],
    ahead: [],
    estimate: { before: expect.objectContaining({ calls: 0 }), unknown: [] },
    effects: [],
    unmapped: [],
  });
  expect(lines(cwd, "log")).toEqual(["a", "b"]);
});

test("a run that is going on is not gone on with by another process", async () => {
  const cwd = await folderWith(command("a", "echo a >> log; while [ ! -e go ]; do sleep 0.05; done"));
  const running = startFm(["run", "p.pipeline.json"], { cwd });
  await until(() => lines(cwd, "log").length === 1);
  const { code, stderr } = await fm(["resume", "latest", "--repeat-effects"], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain(`is being written by process ${running.process.pid} (fm run`);
  writeFileSync(join(cwd, "go"), "");
  expect((await running.ended).code).toBe(0);
  expect(lines(cwd, "log")).toEqual(["a"]);
});

test("a called pipeline that an expression named and that has changed since is not gone on with", async () => {
  const cwd = await temporaryFolder();
  const child = (n: number) =>
    JSON.stringify({
      name: "child",
      stages: [
        command("first", `echo first${n} >> log; echo ${n}`),
        command("second", "test -e ok && echo {{ first.output.value }}", { depends_on: ["first"] }),
      ],
    });
  writeFileSync(join(cwd, "child.pipeline.json"), child(1));
  const call = { id: "call", component_type: "subpipeline", config: { pipeline_id: "{{ input.which }}" } };
  writeFileSync(join(cwd, "p.pipeline.json"), JSON.stringify({ name: "p", stages: [call] }));
  const failed = await fm(["run", "p.pipeline.json", "--input", '{"which": "child"}'], { cwd });
  expect(failed.code, failed.stderr).toBe(1);
  writeFileSync(join(cwd, "ok"), "");
  writeFileSync(join(cwd, "child.pipeline.json"), child(2));
  const { code, stderr } = await fm(["resume", "latest"], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain(
    'The pipeline "child" (child.pipeline.json), which the run had called, has changed since.',
  );
  expect(lines(cwd, "log")).toEqual(["first1"]);
  const forked = await fm(["fork", "latest", "--repeat-effects"], { cwd });
  expect(forked.code, forked.stderr).toBe(0);
  expect(lines(cwd, "log")).toEqual(["first1", "first2"]);

  writeFileSync(join(cwd, "child.pipeline.json"), child(1));
  const failedRun = failed.stderr.match(/^run (\S+)/m)?.[1] ?? "";
  expect((await fm(["resume", failedRun], { cwd })).code).toBe(0);
  expect(lines(cwd, "log")).toEqual(["first1", "first2"]);
});

test.each([
  [["resume"], 3, "Name one run"],
  [["resume", "nope"], 2, "There is no run nope in"],
  [["fork", "nope"], 2, "There is no run nope in"],
])("%j is refused with what to do", async (args, code, message) => {
  const cwd = await temporaryFolder();
  await mkdir(join(cwd, "sub"));
  const ended = await fm(args, { cwd });
  expect(ended.code).toBe(code);
  expect(ended.stderr).toContain(message);
});

/** Polls what another process does, which tells of it in no other way. */
async function until(holds: () => boolean): Promise<void> {
  for (;;) {
    try {
      if (holds()) return;
    } catch {
      // The file is not there yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
