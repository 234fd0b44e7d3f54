import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { componentProject } from "../support/component-project.ts";
import { fm } from "../support/fm.ts";

const docs = readFileSync(join(import.meta.dirname, "../../docs/own-components.md"), "utf8");

test("the files of docs/own-components.md are without problems, and run to what the page says", async () => {
  const files = Object.fromEntries(
    Array.from(docs.matchAll(/```\w+ file=(\S+)\n([^]*?)\n```/g), ([, path = "", text = ""]) => [path, text]),
  );
  expect(Object.keys(files)).toEqual(["components/word-count.ts", "count.pipeline.json"]);
  const cwd = await componentProject(files);
  expect(await fm(["validate", "."], { cwd })).toMatchObject({ code: 0, stdout: "" });
  const [, command = "", output = ""] = /`fm (run [^`]+)` gives `([^`]+)`/.exec(docs) ?? [];
  const run = await fm(command.split(" "), { cwd });
  expect(JSON.parse(run.stdout)).toEqual(JSON.parse(output));
  expect(run.stderr).toContain("counted");
});
