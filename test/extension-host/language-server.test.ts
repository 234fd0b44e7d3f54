import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as vscode from "vscode";
import { cleanUp, edit, eventually, openCanvas, threeStages, writeFile } from "./support.ts";

/** The process of our server in this window: others of the machine have another folder. */
function serverPid(): number | undefined {
  const folder = vscode.extensions.getExtension("flowmason.flowmason")?.extensionPath;
  const list = execFileSync("ps", ["-A", "-o", "pid=,args="], { encoding: "utf8", maxBuffer: 1e8 });
  const line = list.split("\n").find((found) => found.includes(`${folder}/dist/node/language-server.mjs`));
  return line === undefined ? undefined : Number.parseInt(line, 10);
}

/** Resolves when a problem of the file names all of the words, and none of the file does the absent ones. */
async function problemsName(uri: vscode.Uri, words: readonly string[], absent: readonly string[] = []) {
  await eventually(() => {
    const messages = vscode.languages.getDiagnostics(uri).map(({ message }) => message);
    const has = (word: string): boolean => messages.some((message) => message.includes(word));
    return words.every(has) && !absent.some(has) ? true : undefined;
  }, vscode.languages.onDidChangeDiagnostics);
}

const wrong = threeStages.replace('"depends_on": ["first"]', '"depends_on": ["furst"]');

suite("language server", () => {
  teardown(cleanUp);

  test("problems come back by themselves when the server has crashed", async () => {
    const uri = writeFile("server/crash.pipeline.json", wrong);
    const document = await openCanvas(uri);
    await problemsName(uri, ["furst"]);
    const pid = serverPid();
    assert.ok(pid);
    process.kill(pid, "SIGKILL");
    await edit(document, (text) => text.replace("furst", "farst"));
    await problemsName(uri, ["farst"], ["furst"]);
    assert.notEqual(serverPid(), pid);
  });

  test("Restart Language Server starts another one, which knows the texts that are open", async () => {
    const uri = writeFile("server/restart.pipeline.json", wrong);
    const document = await openCanvas(uri);
    await problemsName(uri, ["furst"]);
    const pid = serverPid();
    await vscode.commands.executeCommand("flowmason.restartLanguageServer");
    assert.notEqual(serverPid(), pid);
    await problemsName(uri, ["furst"]);
    await edit(document, (text) => text.replace("furst", "first"));
    await problemsName(uri, [], ["furst"]);
  });
});
