import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { parsePipeline } from "#core/pipeline";
import { openProject, pipelineFiles, pipelineFolders, readWorkspace } from "#host";

const child = { name: "child", extends: "base", stages: [] };
const pipeline = (name: string): object => ({ name, stages: [] });

test("a pipeline that names another is opened with the pipelines of its project", async () => {
  const root = await folderWith({
    "flowmason.json": { name: "p", pipeline_dirs: ["flows"] },
    "pipelines/child.pipeline.json": child,
    "pipelines/beside.json": pipeline("beside"),
    "flows/old/base.json": pipeline("base"),
    "shared/x.pipeline.json": pipeline("x"),
    "shared/settings.json": pipeline("settings"),
    "node_modules/p/y.pipeline.json": pipeline("y"),
  });
  expect(await pathsFor(root, "pipelines/child.pipeline.json", child)).toEqual([
    "flows/old/base.json",
    "pipelines/beside.json",
    "pipelines/child.pipeline.json",
    "shared/x.pipeline.json",
  ]);
});

test.each([
  ["a composition", { compositions: [{ id: "c", pipeline: "x" }], stages: [] }, 1],
  ["a sub-pipeline stage", { stages: [{ id: "a", component_type: "sub-pipeline" }] }, 0],
  ["a sub-pipeline stage of FlowMason's name", { stages: [{ id: "a", component_type: "subpipeline" }] }, 1],
  ["nothing", { stages: [{ id: "a", component_type: "logger" }], compositions: [] }, 0],
])("the project is read for a pipeline with %s only if it names another", async (_, document, count) => {
  const root = await folderWith({ "x.pipeline.json": pipeline("x") });
  expect(await pathsFor(root, "main.pipeline.json", document)).toHaveLength(count);
});

test("a folder that may not be read hides only itself", async () => {
  const root = await folderWith({
    "child.pipeline.json": child,
    "closed/base.pipeline.json": pipeline("base"),
  });
  await chmod(join(root, "closed"), 0);
  onTestFinished(() => chmod(join(root, "closed"), 0o700));
  expect(await pathsFor(root, "child.pipeline.json", child)).toContain("child.pipeline.json");
});

test("a project whose folder is not there has no pipelines", async () => {
  const root = join(await folderWith({}), "nowhere");
  expect(await pipelineFiles(root).list({ suffix: ".json" })).toEqual([]);
  expect(await pipelineFiles(root).read("a.json")).toBeUndefined();
});

test.each([
  [{}, ["pipelines"]],
  [{ pipeline_dirs: ["a", "b/c"] }, ["a", "b/c"]],
  [
    { pipeline_dirs: [], pipelines: { include: ["flows/**/*.json", "**/*.json", "x/y.json"] } },
    ["flows/", "x/"],
  ],
])("the folders of the manifest %j", (manifest, folders) => {
  expect(pipelineFolders({ providers: {}, ...manifest })).toEqual(folders);
});

async function pathsFor(root: string, path: string, json: object): Promise<readonly string[]> {
  const read = await readWorkspace(dirname(join(root, path)));
  if (!read.ok) throw new Error(read.message);
  const document = parsePipeline(JSON.stringify(json));
  const { pipelines } = await openProject(read.workspace, { document, path }, {});
  return pipelines.entries.map((entry) => entry.path);
}

async function folderWith(files: Record<string, object>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "fm-project-"));
  onTestFinished(() => rm(root, { recursive: true }));
  for (const [path, json] of Object.entries({ "flowmason.json": {}, ...files })) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), JSON.stringify(json));
  }
  return root;
}
