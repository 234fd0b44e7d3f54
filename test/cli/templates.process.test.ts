import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { pipelineFile, TEMPLATES } from "#extension";
import { fm } from "../support/fm.ts";

const templates = join(import.meta.dirname, "..", "..", "extension", "templates");

test("what New Pipeline writes has no problems", async () => {
  expect(await fm(["validate", "--strict", "."], { cwd: workspace() })).toMatchObject({
    code: 0,
    stderr: `${TEMPLATES.length} files checked: 0 errors, 0 warnings.\n`,
  });
});

test.each(TEMPLATES.filter(({ file }) => file !== "empty"))(
  "the template $label runs at once, with no key",
  async ({ file }) => {
    // The one that fetches has a pipeline's answer for what cannot be reached.
    const input = file === "fetch" ? ["--input", '{"url":"http://127.0.0.1:9/none.json"}'] : ["--sample"];
    const { code, stdout } = await fm(["run", pipelineFile(file), ...input, "--provider", "offline"], {
      cwd: workspace(),
    });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject(expectedOf[file] ?? {});
  },
);

const expectedOf: Readonly<Record<string, object>> = {
  prompt: { answer: expect.stringContaining("offline") },
  "each-item": { summaries: [expect.stringContaining("Bread"), expect.stringContaining("kettle")] },
  branch: { decision: "a person decides" },
  fetch: { outcome: "caught", body: null },
};

function workspace(): string {
  const folder = mkdtempSync(join(tmpdir(), "fm-templates-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  cpSync(templates, folder, { recursive: true });
  return folder;
}
