import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { atTerminal, hasTerminal } from "../support/at-terminal.ts";
import { fm, temporaryFolder } from "../support/fm.ts";

const stages = [
  { id: "deploy", component_type: "approval", config: { prompt: "Deploy?" } },
  {
    id: "where",
    component_type: "approval",
    depends_on: ["deploy"],
    config: { title: "Region", prompt: "Where?", kind: "choice", options: ["eu", "us"], default: "us" },
  },
  {
    id: "why",
    component_type: "approval",
    depends_on: ["where"],
    config: { prompt: "Why?", kind: "text" },
  },
  {
    id: "all",
    component_type: "json_transform",
    config: {
      template: "{{ upstream.deploy.answered_via }} {{ upstream.where.answer }} {{ upstream.why.answer }}",
    },
  },
];

async function workspaceOf(list: readonly object[]): Promise<string> {
  const cwd = await temporaryFolder();
  await writeFile(join(cwd, "flowmason.json"), "{}");
  await writeFile(
    join(cwd, "t.pipeline.json"),
    JSON.stringify({ name: "t", version: "1.0.0", stages: list }),
  );
  return cwd;
}

describe.skipIf(!hasTerminal)("at a terminal", () => {
  test("questions are asked one after the other, again where the answer does not fit, with a default", async () => {
    const screen = atTerminal("run t.pipeline.json", await workspaceOf(stages));
    await screen.shows("? deploy asks: Deploy?");
    await screen.shows("yes or no > ");
    screen.process.stdin.write("perhaps\n");
    await screen.shows("Answer with yes or no. > ");
    screen.process.stdin.write("y\n");
    await screen.shows("? where asks: Region Where?");
    await screen.shows("option or number [us] > ");
    screen.process.stdin.write("\n");
    await screen.shows("? why asks: Why?");
    screen.process.stdin.write("because\n");
    await screen.shows("terminal us because");
    expect(await screen.ended).toBe(0);
  });

  test("an answer from elsewhere takes the question from the screen, and the run ends", async () => {
    const cwd = await workspaceOf(stages.slice(0, 1));
    const screen = atTerminal("run t.pipeline.json", cwd);
    await screen.shows("yes or no > ");
    const list = await fm(["answer", "--json"], { cwd });
    const { questions } = JSON.parse(list.stdout) as {
      readonly questions: readonly { readonly run: string }[];
    };
    expect(await fm(["answer", questions[0]?.run ?? "", "no"], { cwd })).toMatchObject({ code: 0 });
    await screen.shows("(fm answer): no");
    expect(await screen.ended).toBe(0);
  });

  test("Ctrl+C at a question cancels the run", async () => {
    const screen = atTerminal("run t.pipeline.json", await workspaceOf(stages.slice(0, 1)));
    await screen.shows("yes or no > ");
    screen.process.stdin.write("\u0003");
    await screen.shows("The run was cancelled.");
    expect(await screen.ended).toBe(130);
  });
});
