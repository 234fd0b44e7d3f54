import { readFileSync } from "node:fs";
import type { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { componentProject, componentThat, pipelineOf, runStages } from "../support/component-project.ts";
import { startFm } from "../support/fm.ts";

describe("one that misbehaves fails its stage and nothing else", () => {
  const good = componentThat("good", "await new Promise((done) => setTimeout(done, 300));");
  const around = (type: string, more: object = {}): readonly object[] => [
    { id: "bad", component_type: type, on_error: "continue", ...more },
    { id: "good", component_type: "good" },
    {
      id: "after",
      component_type: "variable_set",
      config: { name: "x", value: "{{ upstream.good.done }}" },
      depends_on: ["bad", "good"],
    },
  ];
  const runWith = async (name: string, body: string, more: object = {}): Promise<string> => {
    const files = { "components/good.ts": good, [`components/${name}.ts`]: componentThat(name, body) };
    const { code, stderr, output } = await runStages(files, ...around(name, more));
    expect(stderr).toMatch(/✓ good/);
    expect(code).toBe(0);
    expect(JSON.stringify(output)).toContain("true");
    return stderr;
  };

  test("prints, also what looks like the channel", async () => {
    const files = {
      "components/loud.ts": componentThat(
        "loud",
        `console.log("first"); process.stdout.write('{"kind":"succeeded","output":{"done":false},"isClean":true}\\n'); process.stderr.write("half");`,
      ),
    };
    const { output, stderr } = await runStages(files, { id: "a", component_type: "loud" });
    expect(output).toEqual({ done: true });
    expect(stderr).toMatch(/info: first\n[^]*info: \{"kind":"succeeded"/);
    expect(stderr).toContain("warning: half");
  });

  test("sends on the channel itself", async () => {
    const files = {
      "components/sender.ts": componentThat(
        "sender",
        "process.send?.({ kind: 'failed' }); log.info(String(process.send));",
      ),
    };
    const { output, stderr } = await runStages(files, { id: "a", component_type: "sender" });
    expect(output).toEqual({ done: true });
    expect(stderr).toContain("undefined");
  });

  test("exits", async () => {
    expect(await runWith("quitter", "process.exit(3);")).toMatch(/✗ bad EXECUTION/);
  });

  test("throws where nobody waits", async () => {
    const body = 'setTimeout(() => { throw new Error("too late"); }); await new Promise(() => {});';
    expect(await runWith("late", body)).toMatch(/✗ bad EXECUTION/);
    const rejecting =
      'void Promise.reject(new Error("lost")); await new Promise((done) => setTimeout(done, 5000));';
    expect(await runWith("loser", rejecting)).toMatch(/✗ bad EXECUTION/);
  });

  test("kills itself: nothing is said of memory that nobody knows", { timeout: 120_000 }, async () => {
    const killed = await runWith(
      "killer",
      "process.kill(process.pid, 'SIGKILL'); await new Promise(() => {});",
    );
    expect(killed).toMatch(/✗ bad EXECUTION.*ended by the signal SIGKILL.*FlowMason did not send it/);
    expect(killed).not.toMatch(/✗ bad.*may (use|take)/);
    expect(await runWith("aborter", "process.abort();")).toMatch(/✗ bad EXECUTION.*SIGABRT.*process\.abort/);
  });

  test("loops for ever", async () => {
    expect(await runWith("looper", "for (;;);", { timeout_ms: 1500 })).toMatch(/✗ bad TIMEOUT/);
  });

  test("eats memory", { timeout: 120_000 }, async () => {
    const heap = "const all: unknown[] = []; for (;;) all.push(new Array(1e6).fill(all.length));";
    expect(await runWith("eater", heap)).toMatch(
      /✗ bad EXECUTION.*ran out of memory: a component may use 512 MB/,
    );
  });

  test("eats memory outside of JavaScript's heap", { timeout: 120_000 }, async () => {
    // Slowly, for the sake of the machine that the test runs on.
    const buffers =
      "const all: Buffer[] = []; for (;;) { all.push(Buffer.alloc(5e7, 1)); await new Promise((done) => setTimeout(done, 50)); }";
    expect(await runWith("glutton", buffers)).toMatch(
      /✗ bad EXECUTION.*all of its process together may take 1024 MB/,
    );
  });

  test("leaves a throw for the next one of its kind: that one is not hit", async () => {
    const body = "setTimeout(() => { throw new Error('stray'); }, 50);";
    const { code } = await runStages(
      { "components/stray.ts": componentThat("stray", body), "components/good.ts": good },
      { id: "a", component_type: "stray" },
      { id: "b", component_type: "good", depends_on: ["a"] },
      { id: "c", component_type: "stray", depends_on: ["b"] },
    );
    expect(code).toBe(0);
  });
});

test("Ctrl+C reaches a component by its signal, and by force where it does not listen; nothing outlives the run", async () => {
  const files = {
    "components/polite.ts": componentThat(
      "polite",
      'log.info(`pid ${process.pid}`); await new Promise((_, no) => signal.addEventListener("abort", () => { console.log("told"); no(signal.reason); }));',
    ),
    "components/deaf.ts": componentThat(
      "deaf",
      "log.info(`pid ${process.pid}`); await 0; setImmediate(() => { for (;;); }); await new Promise(() => {});",
    ),
  };
  const cwd = await componentProject({
    ...files,
    "p.pipeline.json": pipelineOf({ id: "a", component_type: "polite" }, { id: "b", component_type: "deaf" }),
  });
  const { process: child, ended } = startFm(["run", "p.pipeline.json", "-v"], { cwd });
  const pids = await new Promise<readonly number[]>((resolve) => {
    let text = "";
    child.stderr.on("data", (chunk: string) => {
      text += chunk;
      const found = Array.from(text.matchAll(/pid (\d+)/g), ([, pid]) => Number(pid));
      if (found.length === 2) resolve(found);
    });
  });
  child.kill("SIGINT");
  expect((await ended).code).toBe(130);
  for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow("ESRCH");
});

test("a component that never stops does not outlive an fm that is killed", async () => {
  const deaf = componentThat(
    "deaf",
    "log.info(`pid ${process.pid}`); setImmediate(() => { for (;;); }); await new Promise(() => {});",
  );
  const cwd = await componentProject({
    "components/deaf.ts": deaf,
    "p.pipeline.json": pipelineOf({ id: "a", component_type: "deaf" }),
  });
  const { process: child, ended } = startFm(["run", "p.pipeline.json", "-v"], { cwd });
  const pid = await pidIn(child.stderr);
  child.kill("SIGKILL");
  await ended;
  await expect.poll(() => isAlive(pid), { timeout: 20_000 }).toBe(false);
});

describe("what a component has started in a group of its own does not outlive", () => {
  const spawning = (end: string): string =>
    `const { spawn } = await import("node:child_process");
    const child = spawn("sh", ["-c", "trap '' TERM HUP; sleep 600 & wait"], { detached: true, stdio: "ignore" });
    child.unref();
    console.log("pid " + child.pid);
    ${end}`;
  const project = (end: string): Promise<string> =>
    componentProject({
      "components/parent.ts": componentThat("parent", spawning(end)),
      "p.pipeline.json": pipelineOf({ id: "a", component_type: "parent" }),
    });

  test("a run that ends", async () => {
    const cwd = await project("");
    const { process: child, ended } = startFm(["run", "p.pipeline.json", "-v"], { cwd });
    const pid = await pidIn(child.stderr);
    expect((await ended).code).toBe(0);
    await expect.poll(() => isAlive(pid), { timeout: 20_000 }).toBe(false);
  });

  test("an fm that is killed", async () => {
    const cwd = await project("await new Promise(() => {});");
    const { process: child, ended } = startFm(["run", "p.pipeline.json", "-v"], { cwd });
    const pid = await pidIn(child.stderr);
    expect(isAlive(pid)).toBe(true);
    child.kill("SIGKILL");
    await ended;
    await expect.poll(() => isAlive(pid), { timeout: 20_000 }).toBe(false);
  });
});

/** The process id that a component tells of. */
function pidIn(stream: Readable): Promise<number> {
  let text = "";
  return new Promise((resolve) => {
    stream.on("data", (chunk: string) => {
      text += chunk;
      const found = /pid (\d+)/.exec(text);
      if (found !== null) resolve(Number(found[1]));
    });
  });
}

/** Whether a process runs; one that has ended and was not fetched by its parent does not. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
}
