import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fm, temporaryFolder } from "../support/fm.ts";

test("a record of another version is refused by name by all that reads it, and stays as it is", async () => {
  const cwd = await temporaryFolder();
  const stages = [{ id: "a", component_type: "logger", config: { message: "x" } }];
  await writeFile(join(cwd, "p.pipeline.json"), JSON.stringify({ name: "p", stages }));
  await fm(["run", "p.pipeline.json"], { cwd });
  const runs = join(cwd, ".flowmason", "runs");
  const [id = ""] = await readdir(runs);
  const path = join(runs, id, "journal.ndjson");
  const text = await readFile(path, "utf8");
  // A newer version wrote all of it, with a last line that is being written, or went on with it.
  for (const other of [
    `${text.replace('"format":2', '"format":99')}{"half`,
    `${text}{"kind":"journal","format":99}\n`,
  ]) {
    await writeFile(path, other);
    for (const command of ["show", "resume", "fork", "logs", "export"]) {
      const options = command === "export" ? ["-o", join(cwd, "x.fmrun")] : [];
      expect(await fm([command, "latest", ...options], { cwd }), command).toMatchObject({
        code: 2,
        stdout: "",
        stderr: expect.stringContaining("The journal's format is 99, and this version reads 1 to "),
      });
    }
    expect(await readFile(path, "utf8")).toBe(other);
  }
  const listed = JSON.parse((await fm(["runs", "--json"], { cwd })).stdout);
  expect(listed.runs).toMatchObject([{ id, status: "unreadable" }]);
});
