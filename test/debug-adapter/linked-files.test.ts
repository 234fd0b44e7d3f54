import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { expect, onTestFinished, test } from "vitest";
import { comeToRest, launchWatched, leave, type Watched } from "./live/walk.ts";

const stage = (id: string, more: object = {}): object => ({
  id,
  component_type: "json_transform",
  config: { template: id },
  ...more,
});

/** A workspace at its real path, and by a link beside it. */
async function linkedWorkspace(): Promise<{ readonly real: string; readonly link: string }> {
  const around = await realpath(await mkdtemp(join(tmpdir(), "fm-linked-")));
  onTestFinished(() => rm(around, { recursive: true, force: true }));
  const [real, link] = [join(around, "real"), join(around, "link")];
  await mkdir(real);
  await symlink(real, link);
  await writeFile(join(real, "flowmason.json"), "{}");
  const stages = [
    stage("first"),
    stage("second", { depends_on: ["first"] }),
    stage("third", { depends_on: ["second"] }),
  ];
  await writeFile(
    join(real, "main.pipeline.json"),
    `{ "name": "main", "version": "1.0.0", "stages": [\n${stages.map((each) => JSON.stringify(each)).join(",\n")}\n] }`,
  );
  return { real, link };
}

test.each([
  { launched: "link", asked: "real" },
  { launched: "real", asked: "link" },
] as const)(
  "DB-02 a breakpoint, a run to a stage and a jump that name a file by its $asked path are of the run launched by its $launched path",
  async ({ launched, asked }) => {
    const folders = await linkedWorkspace();
    const path = join(folders[asked], "main.pipeline.json");
    const pipeline = join(folders[launched], "main.pipeline.json");
    const walk = await launchWatched({ pipeline }, async (client) => {
      const { breakpoints } = await client.get<DebugProtocol.SetBreakpointsResponse["body"]>(
        "setBreakpoints",
        {
          source: { path },
          breakpoints: [{ line: 3 }],
        },
      );
      expect(breakpoints).toMatchObject([{ verified: true }]);
    });
    onTestFinished(() => leave(walk));
    expect(await stopOf(walk)).toEqual(["breakpoint", "second"]);
    expect(await walk.client.ask("flowmason/runTo", { path, stage: "thrid" })).toMatchObject({
      success: false,
      message: expect.stringContaining('There is no stage "thrid"'),
    });
    await walk.client.get("flowmason/runTo", { path, stage: "third" });
    await comeToRest(walk);
    expect(await stopOf(walk)).toEqual(["breakpoint", "third"]);
    const { targets } = await walk.client.get<DebugProtocol.GotoTargetsResponse["body"]>("gotoTargets", {
      source: { path },
      line: 2,
    });
    expect(targets.map(({ label }) => label)).toEqual(["first"]);
  },
);

async function stopOf({ client, shown }: Watched): Promise<readonly (string | undefined)[]> {
  const { stackFrames } = await client.get<DebugProtocol.StackTraceResponse["body"]>("stackTrace", {
    threadId: shown.focus(),
  });
  return [shown.stop()?.reason, stackFrames[0]?.name];
}
