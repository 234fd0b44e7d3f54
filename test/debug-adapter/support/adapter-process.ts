import { fileURLToPath } from "node:url";
import { DebugClient } from "@vscode/debugadapter-testsupport";
import { afterEach } from "vitest";

/** The built adapter. */
export const adapter = fileURLToPath(new URL("../../../dist/node/debug-adapter.mjs", import.meta.url));
/** The built command line, whose `fm dap` is the same adapter. */
export const cli = fileURLToPath(new URL("../../../dist/node/cli.mjs", import.meta.url));
const open: DebugClient[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((client) => client.stop()));
});

/** The path of a pipeline made for these tests. */
export function pipelinePath(name: string): string {
  return fileURLToPath(new URL(`../pipelines/${name}.pipeline.json`, import.meta.url));
}

/** The built adapter in its own process, spoken to over stdio; stopped after the test. */
export async function startAdapter(): Promise<DebugClient> {
  const client = new DebugClient(process.execPath, adapter, "flowmason");
  open.push(client);
  await client.start();
  return client;
}
