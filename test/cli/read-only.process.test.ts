import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { fm, fmEntry, temporaryFolder } from "../support/fm.ts";

let unlock: (() => Promise<void>) | undefined;
afterEach(async () => await unlock?.());

test.skipIf(process.platform === "win32")(
  "a workspace that cannot be written is looked at, and what would write to it says what to do instead",
  async () => {
    const cwd = await temporaryFolder();
    const stages = [{ id: "a", component_type: "json_transform", config: { template: "{{ 1 / input.n }}" } }];
    await writeFile(join(cwd, "p.pipeline.json"), JSON.stringify({ name: "p", stages }));
    await fm(["run", "p.pipeline.json", "--input", '{"n": 0}'], { cwd });
    const runs = join(cwd, ".flowmason", "runs");
    const [id = ""] = await readdir(runs);
    const folders = [cwd, join(cwd, ".flowmason"), runs, join(runs, id)];
    const files = (await readdir(join(runs, id))).map((name) => join(runs, id, name));
    for (const path of files) await chmod(path, 0o444);
    for (const path of folders) await chmod(path, 0o555);
    unlock = async () => {
      for (const path of folders) await chmod(path, 0o755);
    };

    expect(await asAnyone(cwd, "runs")).toMatchObject({ code: 0, said: expect.stringContaining(id) });
    expect(await asAnyone(cwd, "show", "latest")).toMatchObject({ code: 0 });
    const run = ["run", "p.pipeline.json", "--input", '{"n": 1}'];
    expect(await asAnyone(cwd, ...run)).toMatchObject({
      code: 2,
      said: expect.stringMatching(/you have no right to\.\nWith --no-record the run leaves no record/),
    });
    expect(await asAnyone(cwd, ...run, "--no-record")).toMatchObject({ code: 0 });
    const resumed = await asAnyone(cwd, "resume", "latest");
    expect(resumed).toMatchObject({
      code: 2,
      said: expect.stringMatching(
        /you have no right to\. It goes on in its own record: .* fm export and fm import/,
      ),
    });
    expect(resumed.said).not.toContain("--no-record");
  },
);

/**
 * As someone whom the rights of files hold back, as they do not hold the superuser, who gives that up. Another user
 * might not even reach the clone that this is tested in.
 */
async function asAnyone(cwd: string, ...args: readonly string[]) {
  const heldBack =
    process.getuid?.() === 0 ? ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"] : [];
  const [program = "", ...rest] = [...heldBack, process.execPath, fmEntry, ...args];
  const env = { PATH: process.env["PATH"], HOME: cwd };
  const child = spawn(program, rest, {
    cwd,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      said += String(chunk);
    });
  }
  const [code] = await once(child, "close");
  return { code, said };
}
