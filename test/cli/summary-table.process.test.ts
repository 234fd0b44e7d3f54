import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fm, temporaryFolder } from "../support/fm.ts";

test("a run ends with a line for each stage on stderr, the rounds of a loop in one; stdout has the document alone", async () => {
  const cwd = await temporaryFolder();
  const stages = [
    { id: "each", component_type: "foreach", config: { items: [1, 2, 3], loop_stages: ["body"] } },
    { id: "body", component_type: "json_transform", config: { template: "x" } },
    { id: "bad", component_type: "command", depends_on: ["each"], config: { command: "exit 3" } },
  ];
  writeFileSync(join(cwd, "p.pipeline.json"), JSON.stringify({ name: "p", stages }));
  const { code, stdout, stderr } = await fm(["run", "p.pipeline.json", "--json"], { cwd });
  expect({ code, status: JSON.parse(stdout).status }).toEqual({ code: 1, status: "failed" });
  expect(stderr).toMatch(/^STATUS +STAGE +TIME +ATTEMPTS +TOKENS +COST$/m);
  expect(stderr).toMatch(/^succeeded +body \(3 rounds\) +\d+ ms +3 +- +-$/m);
  expect(stderr).toMatch(/^failed +bad +\d+ ms +1 +- +-$/m);
});
