import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fm, temporaryFolder } from "./fm.ts";

/** A project in a folder of its own, with these files besides a manifest. */
export async function componentProject(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await temporaryFolder();
  const all = { "flowmason.json": '{ "name": "p", "version": "1.0.0" }', ...files };
  for (const [path, text] of Object.entries(all)) await writeIn(folder, path, text);
  return folder;
}

/** Writes a file of a project, and the folders it needs. */
export async function writeIn(folder: string, path: string, text: string): Promise<void> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

/** A module with a component that takes nothing and gives `{ done: true }`, after this. */
export function componentThat(name: string, body: string, more = ""): string {
  return `import { defineComponent, z } from "flowmason";

export default defineComponent({
  name: "${name}",
  ${more}
  input: z.object({}),
  output: z.object({ done: z.boolean() }),
  async execute({ signal, log }) {
    ${body}
    return { done: true };
  },
});
`;
}

/** The text of a pipeline with these stages. */
export function pipelineOf(...stages: readonly object[]): string {
  return JSON.stringify({ name: "p", version: "1.0.0", stages }, null, 2);
}

/** Runs these stages in a project with these files, and tells what `fm run --json` says. */
export async function runStages(
  files: Readonly<Record<string, string>>,
  ...stages: readonly object[]
): Promise<{
  readonly output: unknown;
  readonly failure: { readonly [key: string]: unknown } | null;
  readonly stderr: string;
  readonly stdout: string;
  readonly code: number | null;
}> {
  const cwd = await componentProject({ ...files, "p.pipeline.json": pipelineOf(...stages) });
  const { stdout, stderr, code } = await fm(["run", "p.pipeline.json", "--json", "--verbose"], { cwd });
  const { output, failure } = JSON.parse(stdout);
  return { output, failure, stderr, stdout, code };
}
