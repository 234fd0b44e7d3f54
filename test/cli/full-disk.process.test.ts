import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fm, fmEntry, temporaryFolder } from "../support/fm.ts";

test.skipIf(process.platform === "win32")(
  "a run that could not be recorded to its end is told from one that crashed, and goes on once there is room",
  async () => {
    const cwd = await temporaryFolder();
    const text = "x".repeat(20_000);
    const stages = Array.from({ length: 8 }, (_, index) => ({
      id: `s${index}`,
      component_type: "variable_set",
      config: { name: "v", value: `{{ input.text }}${index}` },
      ...(index === 0 ? {} : { depends_on: [`s${index - 1}`] }),
    }));
    await writeFile(join(cwd, "p.pipeline.json"), JSON.stringify({ name: "p", stages }));
    await writeFile(join(cwd, "input.json"), JSON.stringify({ text }));
    // A limit of the system on the size of a file stands for the disk; Node would end at its signal.
    await writeFile(join(cwd, "limit.mjs"), 'process.on("SIGXFSZ", () => {});');
    const run = `ulimit -f 100; exec "$@"`;
    const node = [process.execPath, "--import", join(cwd, "limit.mjs"), fmEntry];
    const args = ["-c", run, "sh", ...node, "run", "p.pipeline.json", "--input-file", "input.json"];
    const limited = spawn("sh", args, { cwd, stdio: ["ignore", "ignore", "pipe"] });
    let stderr = "";
    limited.stderr.on("data", (chunk) => {
      stderr += String(chunk);
    });
    const [code] = await once(limited, "close");
    expect(stderr).toContain("cannot be written");
    expect(code).toBe(2);

    const listed = JSON.parse((await fm(["runs", "--json"], { cwd })).stdout);
    expect(listed.runs).toMatchObject([
      { status: "cut-off", cut_off: expect.stringMatching(/journal\.ndjson cannot be written: EFBIG/) },
    ]);
    expect((await fm(["runs"], { cwd })).stdout).toContain(" cut-off ");
    expect((await fm(["show", "latest"], { cwd })).stdout).toMatch(
      /^cut off {3}The journal .* cannot be written/m,
    );

    const resumed = await fm(["resume", "latest"], { cwd });
    expect(resumed).toMatchObject({ code: 0 });
    const after = JSON.parse((await fm(["runs", "--json"], { cwd })).stdout);
    expect(after.runs).toMatchObject([{ status: "succeeded", cut_off: null }]);
    const files = await readdir(join(cwd, ".flowmason", "runs", after.runs[0].id));
    expect(files.filter((name) => name.startsWith("stopped"))).toEqual([]);
  },
);
