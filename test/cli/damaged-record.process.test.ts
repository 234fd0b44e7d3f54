import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fm, temporaryFolder } from "../support/fm.ts";

const pipeline = {
  name: "p",
  stages: [
    {
      id: "each",
      component_type: "foreach",
      config: { items: [1, 2], loop_stages: ["one"] },
    },
    { id: "one", component_type: "json_transform", config: { template: "{{ item }}" }, depends_on: ["each"] },
    { id: "last", component_type: "command", config: { command: "exit 1" }, depends_on: ["each"] },
  ],
};

test.each(["resume", "fork"])(
  "fm %s on a record whose events do not fit together says so, and leaves it as it is",
  async (command) => {
    const cwd = await temporaryFolder();
    writeFileSync(join(cwd, "p.pipeline.json"), JSON.stringify(pipeline));
    const { stdout } = await fm(["run", "p.pipeline.json", "--json"], { cwd });
    const { run } = JSON.parse(stdout);
    const journal = join(cwd, ".flowmason", "runs", run, "journal.ndjson");
    let seq = 0;
    const forged = readFileSync(journal, "utf8")
      .split("\n")
      .filter((line) => !line.includes('"kind":"iteration-started"'))
      .map((line) => line.replace(/^(\{"seq":|\[)\d+/, (_, start) => `${start}${seq++}`))
      .join("\n");
    writeFileSync(journal, forged);
    const { code, stderr, stdout: printed } = await fm([command, run, "--repeat-effects", "--json"], { cwd });
    expect(stderr).toContain("The record does not fit together at event");
    expect(stderr).not.toContain("fault of FlowMason");
    expect(code).toBe(2);
    expect(JSON.parse(printed)).toMatchObject({ status: "invalid" });
    expect(readFileSync(journal, "utf8")).toBe(forged);
    const { stdout: runs } = await fm(["runs", "--json"], { cwd });
    expect(runs.match(/-[0-9a-z]{5}"/g)).toHaveLength(1);
  },
);
