import { execFileSync } from "node:child_process";
import { readdirSync, renameSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { fm } from "../../support/fm.ts";
import { scenario } from "../harness/scenario.ts";
import { fillFolder, type WorkspaceFolder } from "../harness/workspace-folder.ts";

const file = "notes.pipeline.json";
const written = (prompt: string, more: object = {}): string =>
  `${JSON.stringify({ name: "notes", stages: [{ id: "ask", component_type: "generator", config: { prompt, ...more } }] }, null, 2)}\n`;

type Git = (...args: readonly string[]) => string;

function gitIn(folder: string): Git {
  const author = ["user.name=test", "user.email=test@example.com", "init.defaultBranch=main"];
  return (...args) =>
    execFileSync("git", [...author.flatMap((each) => ["-c", each]), ...args], {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
}

function commitIn(folder: WorkspaceFolder): (text: string, message: string) => void {
  return (text, message) => {
    folder.write(file, text);
    gitIn(folder.path)("commit", "--all", "--message", message);
  };
}

/**
 * Makes a folder a repository in the midst of a merge, in which both branches have changed the same. It is made beside the
 * folder and put there whole: VS Code looks at one as soon as there is a part of it, and may not hear of what comes then.
 */
async function leaveConflict(
  folder: WorkspaceFolder,
  prepare: (path: string) => Promise<void> = async () => {},
): Promise<Git> {
  const made = fillFolder(`${folder.path}-made`, `${folder.path}-made`, { [file]: folder.read(file) });
  const [git, commit] = [gitIn(made.path), commitIn(made)];
  git("init");
  await prepare(made.path);
  git("add", ".");
  git("commit", "--message", "base");
  git("checkout", "-b", "feature");
  commit(written("Say it twice.", { temperature: 0.4 }), "twice");
  git("checkout", "main");
  commit(written("Say it once."), "once");
  expect(() => git("merge", "feature")).toThrow();
  for (const name of readdirSync(made.path)) if (name !== ".git") folder.write(name, made.read(name));
  renameSync(path.join(made.path, ".git"), path.join(folder.path, ".git"));
  return gitIn(folder.path);
}

scenario(
  "DM-11 a pipeline full of Git's markers is opened, merged on the canvas, and ends as a commit; so is what fm merge left open",
  async ({ page, folder, workbench, merge }) => {
    const git = await leaveConflict(folder);
    expect(folder.read(file)).toContain("<<<<<<< ");

    await workbench.openFile(file);
    await workbench
      .notification("Git could not merge notes.pipeline.json")
      .getByRole("button", { name: "Merge Pipeline" })
      .waitFor();
    await page.keyboard.press("Control+Shift+G");
    await page.locator(".scm-view .monaco-list-row").filter({ hasText: file }).click({ button: "right" });
    await workbench.chooseInMenu("Merge Pipeline…");
    await merge.counts("1 of 1 left");
    await merge.stage("result", "ask").waitFor();
    await merge.button("Take Theirs").click();
    await merge.counts("Decided");
    const shots = process.env["FLOWMASON_SCREENSHOTS"];
    if (shots !== undefined) await page.screenshot({ path: `${shots}/merge-e2e.png` });
    // Nothing is written before the merge is completed; what was chosen is there again with the window.
    expect(folder.read(file)).toContain("<<<<<<< ");
    await workbench.command("View: Show Explorer");
    await workbench.reload();
    await merge.stage("result", "ask").waitFor();
    await merge.counts("Decided");
    // What somebody wrote beside the markers is only replaced by who wants that.
    folder.write(file, folder.read(file).replace('"name": "notes"', '"name": "my notes"'));
    await merge.button("Complete Merge").click();
    const doubt = page.locator(".monaco-dialog-box").filter({ hasText: "What was changed in it since" });
    await doubt.getByRole("button", { name: "Complete Anyway" }).click();
    await workbench.notification("notes.pipeline.json is merged and staged").waitFor();
    expect(folder.read(file)).toBe(written("Say it twice.", { temperature: 0.4 }));
    expect(git("ls-files", "--unmerged")).toBe("");
    git("commit", "--no-edit");
    expect(git("log", "--merges", "--format=%p").trim().split(" ")).toHaveLength(2);

    // What fm merge leaves open is decided in the same view.
    const sides = ["Say it.", "Say it once.", "Say it twice."].map((prompt, index) => {
      folder.write(`side-${index}.json`, written(prompt));
      return `side-${index}.json`;
    });
    const out = "merged.pipeline.json";
    const left = await fm(["merge", ...sides, "-o", out], { cwd: folder.path });
    expect(left).toMatchObject({ code: 1 });
    await workbench.openFile(out);
    await workbench
      .notification("fm merge has left decisions in merged.pipeline.json open")
      .getByRole("button", { name: "Merge Pipeline" })
      .click();
    await merge.counts("1 of 1 left");
    // A result in which a check finds an error is only written by who wants that.
    await merge.own().fill('"{{upstream.nobody.text}}"');
    await merge.button("Take This Value").click();
    await merge.counts("Decided");
    await merge.button("Complete Merge").click();
    const question = page.locator(".monaco-dialog-box").filter({ hasText: "The result has an error" });
    await question.waitFor();
    if (shots !== undefined) await page.screenshot({ path: `${shots}/merge-e2e-warning.png` });
    await question.getByRole("button", { name: "Cancel" }).click();
    expect(folder.read(out)).toBe(written("Say it once."));
    await merge.button("Take Theirs").click();
    await merge.button("Complete Merge").click();
    await workbench.notification("merged.pipeline.json is merged.").waitFor();
    expect(folder.read(out)).toBe(written("Say it twice."));
    expect(await fm(["validate", out], { cwd: folder.path })).toMatchObject({ code: 0 });
  },
  { workspace: { [file]: written("Say it.") }, window: "own" },
);

scenario(
  "DM-11 a merge that is over in Git is said to be over and writes nothing, and what was written by hand is only replaced by who wants that",
  async ({ page, folder, workbench, merge }) => {
    const commit = commitIn(folder);
    // What the merge driver leaves has no markers that would show it.
    const git = await leaveConflict(folder, async (cwd) => {
      expect(await fm(["git", "install"], { cwd })).toMatchObject({ code: 0 });
    });
    expect(folder.read(file)).toBe(written("Say it once.", { temperature: 0.4 }));
    // VS Code's Git shows it too, and knows of it then.
    await page.locator(".statusbar-item").filter({ hasText: "main!" }).waitFor();
    await workbench.openFile(file);
    await workbench
      .notification("Git has a conflict in notes.pipeline.json")
      .getByRole("button", { name: "Merge Pipeline" })
      .click();
    await merge.counts("1 of 1 left");
    await merge.button("Take Theirs").click();
    await merge.counts("Decided");
    git("merge", "--abort");
    await merge.refusal("Git has no conflict in notes.pipeline.json").waitFor();

    // What was chosen is for this conflict; of the next one of the file nothing is.
    expect(() => git("merge", "feature")).toThrow();
    await merge.counts("Decided");
    git("merge", "--abort");
    commit(written("Say it once more."), "once more");
    expect(() => git("merge", "feature")).toThrow();
    await merge.refusal("is in another merge by now").waitFor();
    await workbench.command("FlowMason: Merge Pipeline…");
    await merge.counts("1 of 1 left");
    await merge.button("Take Theirs").click();
    await merge.counts("Decided");

    const byHand = written("Say it in a way of our own.");
    folder.write(file, byHand);
    await merge.button("Complete Merge").click();
    const question = page.locator(".monaco-dialog-box").filter({ hasText: "What was changed in it since" });
    await question.waitFor();
    await question.getByRole("button", { name: "Cancel" }).click();
    expect(folder.read(file)).toBe(byHand);
    expect(git("ls-files", "--unmerged")).not.toBe("");
    await merge.button("Complete Merge").click();
    await question.getByRole("button", { name: "Complete Anyway" }).click();
    await workbench.notification("notes.pipeline.json is merged and staged").waitFor();
    expect(folder.read(file)).toBe(written("Say it twice.", { temperature: 0.4 }));
  },
  { workspace: { [file]: written("Say it.") }, window: "own" },
);
