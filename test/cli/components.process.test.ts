import { expect, test } from "vitest";
import { componentProject, componentThat } from "../support/component-project.ts";
import { fm } from "../support/fm.ts";

const mine = componentThat(
  "mine",
  "",
  'version: "1.2.0", title: "My own", description: "Does what I want.",',
);

test("the project's own components come first, with their files, then the built-in ones", async () => {
  const cwd = await componentProject({ "components/deep/mine.ts": mine });
  const { code, stdout, stderr } = await fm(["components"], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const [first, second] = stdout.split("\n");
  expect(first).toMatch(/^mine@1\.2\.0 +Does what I want\. \(components\/deep\/mine\.ts\)$/);
  expect(second).toMatch(/^generator@1\.0\.0 +Asks a language model for text\.$/);
});

test("as JSON, with the problems of modules, which make the answer no", async () => {
  const cwd = await componentProject({ "components/mine.ts": mine, "components/bad.ts": "enum E { a }\n" });
  const { code, stdout } = await fm(["components", cwd, "--format", "json"]);
  expect(code).toBe(1);
  const { components, files } = JSON.parse(stdout);
  expect(components[0]).toMatchObject({ type: "mine", version: "1.2.0", title: "My own" });
  expect(components[0].file).toMatch(/components\/mine\.ts$/);
  expect(components[1]).toMatchObject({ type: "generator", file: null });
  expect(files).toEqual([
    {
      path: expect.stringMatching(/components\/bad\.ts$/),
      problems: [
        expect.objectContaining({
          code: "FM1451",
          range: expect.objectContaining({ start: { line: 0, character: 0 } }),
        }),
      ],
    },
  ]);
});
