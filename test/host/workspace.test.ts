import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readWorkspace } from "#host";

test("the nearest flowmason.json above counts", async () => {
  const root = await folderWith(
    '{"name": "p", "providers": {"default": "local", "local": {"base_url": "http://x/v1"}}}',
  );
  const result = await readWorkspace(join(root, "a", "b"));
  expect(result).toMatchObject({
    ok: true,
    workspace: {
      root,
      manifest: { name: "p", providers: { default: "local", local: { base_url: "http://x/v1" } } },
    },
  });
});

test.each([
  ["{", /flowmason\.json is no JSON/],
  ['{"providers": {"openai": {"model": 4}}}', /flowmason\.json cannot be used[^]*model/],
  ['{"http": {"alow": ["a.test"]}}', /flowmason\.json cannot be used[^]*alow/],
  ['{"http": {"allow": ["https://a.test"]}}', /flowmason\.json cannot be used[^]*without http:\/\//],
])("a manifest that cannot be used says why: %s", async (text, message) => {
  const root = await folderWith(text);
  expect(await readWorkspace(root)).toEqual({ ok: false, message: expect.stringMatching(message) });
});

test("what flowmason.json says of HTTP is read, over the defaults", async () => {
  const root = await folderWith('{"http": {"allow": ["api.example.com"], "max_redirects": 2}}');
  expect(await readWorkspace(root)).toMatchObject({
    workspace: {
      manifest: {
        http: { allow: ["api.example.com"], deny: [], max_redirects: 2, max_response_bytes: 20_971_520 },
      },
    },
  });
});

test("a folder called flowmason.json is no defect", async () => {
  const root = await folderWith("{}");
  await rm(join(root, "flowmason.json"));
  await mkdir(join(root, "flowmason.json"));
  expect(await readWorkspace(root)).toEqual({
    ok: false,
    message: expect.stringMatching(/flowmason\.json cannot be read: EISDIR/),
  });
});

async function folderWith(manifest: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "fm-workspace-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, "a", "b"), { recursive: true });
  await writeFile(join(folder, "flowmason.json"), manifest);
  return folder;
}
