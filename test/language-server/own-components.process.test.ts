import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { componentProject, componentThat, pipelineOf, writeIn } from "../support/component-project.ts";
import { type Client, startClient } from "./client.ts";

const uriOf = (folder: string, path: string): string => pathToFileURL(join(folder, path)).href;

async function clientThat(trust: "trusted" | "untrusted"): Promise<Client> {
  const options = trust === "trusted" ? { workspaceTrusted: true, showsComponents: true } : undefined;
  const client = await startClient("stdio", { relatedInformation: true }, options);
  onTestFinished(async () => {
    expect(await client.stop()).toBe(0);
    expect(client.stderr()).toBe("");
  });
  return client;
}

const pipeline = pipelineOf({ id: "a", component_type: "mine" });
const mine = componentThat("mine", "", 'title: "My own", description: "Does what I want.",');

const none = (messages: readonly string[]): boolean => messages.length === 0;
const some = (messages: readonly string[]): boolean => messages.length > 0;

test("a component of the project's own is no problem, and is completed and described like a built-in one", async () => {
  const folder = await componentProject({ "components/mine.ts": mine, "p.pipeline.json": pipeline });
  const client = await clientThat("trusted");
  const uri = uriOf(folder, "p.pipeline.json");
  client.open(uri, pipeline);
  expect(await client.diagnosticsWhen(uri, none)).toEqual([]);
  const line = pipeline.split("\n").findIndex((text) => text.includes("component_type"));
  const character = (pipeline.split("\n")[line] ?? "").indexOf('"mine"') + 3;
  const offered = await client.completion(uri, { line, character });
  expect(offered.find(({ label }) => label === "mine")).toMatchObject({ detail: "My own" });
  expect(offered.some(({ label }) => label === "generator")).toBe(true);
  const hover = await client.hover(uri, { line, character });
  expect(JSON.stringify(hover?.contents)).toContain("Does what I want.");
  expect(client.notified("flowmason/componentsLoaded")).toEqual([
    {
      root: pathToFileURL(folder).href,
      components: [
        {
          type: "mine",
          title: "My own",
          icon: "tools",
          color: "foreground",
          description: "Does what I want.",
          fields: {},
          required: [],
        },
      ],
    },
  ]);
});

test("a module that breaks is a problem in its file and at the stage that names it, until it is mended; a new one is found", async () => {
  const folder = await componentProject({ "components/mine.ts": mine, "p.pipeline.json": pipeline });
  const client = await clientThat("trusted");
  const [uri, module] = [uriOf(folder, "p.pipeline.json"), uriOf(folder, "components/mine.ts")];
  client.open(uri, pipeline);
  await client.diagnosticsWhen(uri, none);

  const changed = (path: string, type: 1 | 2 | 3): void =>
    client.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: uriOf(folder, path), type }] });
  await writeFile(
    join(folder, "components/mine.ts"),
    mine.replace("export default", "enum E { a }\nexport default"),
  );
  changed("components/mine.ts", 2);
  const [inModule] = await client.diagnosticsWhen(module, some);
  expect(inModule).toMatchObject({ code: "FM1451", range: { start: { line: 2, character: 0 } } });
  const [atStage] = await client.diagnosticsWhen(uri, some);
  expect(atStage).toMatchObject({ code: "FM1101", message: expect.stringContaining("components/mine.ts: ") });

  await writeFile(join(folder, "components/mine.ts"), mine.replace('"mine"', '"other"'));
  changed("components/mine.ts", 2);
  expect(await client.diagnosticsWhen(module, none)).toEqual([]);
  await client.diagnosticsWhen(uri, (messages) =>
    messages.some((one) => one.includes('no component "mine"')),
  );

  await writeFile(join(folder, "components/new.js"), mine);
  changed("components/new.js", 1);
  await client.diagnosticsWhen(uri, none);

  await rm(join(folder, "components/new.js"));
  changed("components/new.js", 3);
  await client.diagnosticsWhen(uri, some);
});

test("in an untrusted workspace nothing of it runs, and stages are told why; once it is trusted all is well", async () => {
  const folder = await componentProject({ "p.pipeline.json": pipeline });
  const marker = join(folder, "ran");
  await writeIn(
    folder,
    "components/mine.ts",
    `import { writeFileSync } from "node:fs";\nwriteFileSync(${JSON.stringify(marker)}, "");\n${mine}`,
  );
  const client = await clientThat("untrusted");
  const uri = uriOf(folder, "p.pipeline.json");
  client.open(uri, pipeline);
  const [told] = await client.diagnosticsWhen(uri, some);
  expect(told).toMatchObject({
    code: "FM1101",
    message: expect.stringContaining("this workspace is not trusted"),
  });
  await expect(rm(marker)).rejects.toThrow("ENOENT");
  client.notify("flowmason/workspaceTrusted");
  await client.diagnosticsWhen(uri, none);
  await rm(marker);
});
