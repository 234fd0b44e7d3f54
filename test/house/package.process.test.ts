import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { unzipSync } from "fflate";
import { expect, test } from "vitest";
import { vsixFile } from "../../scripts/build/vsix.ts";
import { fm } from "../support/fm.ts";

const mebibyte = 1024 * 1024;

test("the package holds what it needs and nothing else", () => {
  const names = Object.keys(unzipSync(readFileSync(vsixFile)))
    .filter((name) => name.startsWith("extension/") && !name.endsWith("/"))
    .map((name) => name.slice("extension/".length))
    .filter((name) => !/^dist\/(node\/chunks\/[\w-]+\.mjs|webview-chunks\/[\w-]+\.js)$/.test(name));
  expect(names.sort()).toEqual([
    "LICENSE.txt",
    "changelog.md",
    "dist/THIRD-PARTY-NOTICES.txt",
    "dist/codicon.ttf",
    "dist/comparison.css",
    "dist/comparison.js",
    "dist/extension-language-client.cjs",
    "dist/extension-workbench.cjs",
    "dist/extension.cjs",
    "dist/merge.css",
    "dist/merge.js",
    "dist/node/cli.mjs",
    "dist/node/component-host.mjs",
    "dist/node/component-types.json",
    "dist/node/component-watchdog.mjs",
    "dist/node/debug-adapter.mjs",
    "dist/node/flowmason.mjs",
    "dist/node/language-server.mjs",
    "dist/node/zod.mjs",
    "dist/schemas/flowmason.schema.json",
    "dist/schemas/pipeline.schema.json",
    "dist/sweep.css",
    "dist/sweep.js",
    "dist/timeline.css",
    "dist/timeline.js",
    "dist/viewer.css",
    "dist/viewer.js",
    "dist/webview.css",
    "dist/webview.js",
    "docs/checks.md",
    "extension/languages/flowmason-pipeline.language-configuration.json",
    "extension/languages/flowmason-pipeline.tmLanguage.json",
    "extension/templates/branch.pipeline.json",
    "extension/templates/each-item.pipeline.json",
    "extension/templates/empty.pipeline.json",
    "extension/templates/fetch.pipeline.json",
    "extension/templates/prompt.pipeline.json",
    "media/icon.png",
    "media/pipeline.svg",
    "media/walkthrough/debug.md",
    "media/walkthrough/edit.md",
    "media/walkthrough/key.md",
    "media/walkthrough/new.md",
    "package.json",
    "readme.md",
  ]);
});

test("the schemas in it are those that fm schema prints, and VS Code checks flowmason.json by one", async () => {
  const files = unzipSync(readFileSync(vsixFile));
  const textOf = (name: string): string => new TextDecoder().decode(files[`extension/${name}`]);
  expect(textOf("dist/schemas/pipeline.schema.json")).toBe((await fm(["schema"])).stdout);
  expect(textOf("dist/schemas/flowmason.schema.json")).toBe((await fm(["schema", "manifest"])).stdout);
  const { contributes } = JSON.parse(textOf("package.json"));
  // Pipelines have a language of their own, whose server checks them: VS Code's JSON rules would double its words.
  expect(contributes.jsonValidation).toEqual([
    { fileMatch: "flowmason.json", url: "./dist/schemas/flowmason.schema.json" },
  ]);
});

test("the package stays small enough to install on a slow line", () => {
  expect(statSync(vsixFile).size).toBeLessThan(5 * mebibyte);
});

test("what is loaded when VS Code starts stays small", () => {
  const files = unzipSync(readFileSync(vsixFile));
  expect(files["extension/dist/extension.cjs"]?.length).toBeLessThan(100 * 1024);
});

test("what a canvas loads before it draws stays small: the inspector and its editors come later", () => {
  const scripts = canvasScripts();
  const first = withImports(scripts, "webview.js");
  const sizes = Array.from(first, (name) => scripts.get(name)?.length ?? Number.NaN);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(1.15 * mebibyte);
  expect(first.size).toBeLessThan(scripts.size);
});

test("what fm loads before it knows what it is asked stays small: a command brings the rest", () => {
  const programs = scriptsBelow(/^extension\/dist\/(node\/[\w/-]+\.mjs)$/);
  const main = /import\("\.\/(chunks\/main-\w+\.mjs)"\)/.exec(programs.get("node/cli.mjs") ?? "")?.[1];
  const first = withImports(programs, `node/${main}`);
  const sizes = Array.from(first, (name) => programs.get(name)?.length ?? Number.NaN);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(100 * 1024);
});

test("the canvas holds none of the translations that zod brings along", () => {
  for (const script of canvasScripts().values()) expect(script).not.toContain("Ungültige Eingabe");
});

test("no bundle holds a source map or a path of the machine that built it", () => {
  const machine = process.cwd();
  const files = Object.entries(unzipSync(readFileSync(vsixFile))).filter(([name]) =>
    /\.(c|m)?js$/.test(name),
  );
  expect(files.length).toBeGreaterThan(5);
  for (const [name, content] of files) {
    const text = new TextDecoder().decode(content);
    expect(text.includes("sourceMappingURL=data"), name).toBe(false);
    expect(text.includes(machine), name).toBe(false);
  }
});

test("the third-party notices name every package that is inside, with its licence", () => {
  const files = unzipSync(readFileSync(vsixFile));
  const notices = new TextDecoder().decode(files["extension/dist/THIRD-PARTY-NOTICES.txt"]);
  for (const name of [
    "react",
    "react-dom",
    "@xyflow/react",
    "zod",
    "ai",
    "@lezer/lr",
    "vscode-languageclient",
  ]) {
    expect(notices, name).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(\\S+\\)$`, "m"));
  }
});

test("the notices hold every licence of a package, and say where its source code is", () => {
  const files = unzipSync(readFileSync(vsixFile));
  const notices = new TextDecoder().decode(files["extension/dist/THIRD-PARTY-NOTICES.txt"]);
  const noticeOf = (name: string): string => {
    const found = notices.split("-".repeat(80)).find((notice) => notice.trimStart().startsWith(`${name} `));
    if (found === undefined) throw new Error(`There is no notice of ${name}`);
    return found;
  };
  const codicons = noticeOf("@vscode/codicons");
  expect(codicons).toContain("Attribution 4.0 International");
  expect(codicons).toContain("MIT License");
  const jmespath = noticeOf("@jmespath-community/jmespath");
  expect(jmespath).toContain("Mozilla Public License Version 2.0");
  expect(jmespath).toMatch(/^Source code: \S+jmespath\S*$/m);
  expect(notices).toContain("Apache License");
});

function canvasScripts(): ReadonlyMap<string, string> {
  return scriptsBelow(/^extension\/dist\/(webview[\w/-]*\.js)$/);
}

/** The scripts whose names in the package match, by what the pattern captures: their paths below `dist`. */
function scriptsBelow(pattern: RegExp): ReadonlyMap<string, string> {
  const scripts = new Map<string, string>();
  for (const [file, content] of Object.entries(unzipSync(readFileSync(vsixFile)))) {
    const name = pattern.exec(file)?.[1];
    if (name !== undefined) scripts.set(name, new TextDecoder().decode(content));
  }
  return scripts;
}

/** A script and all that is loaded with it; what `import()` brings later is not. */
function withImports(scripts: ReadonlyMap<string, string>, entry: string): ReadonlySet<string> {
  const found = new Set([entry]);
  for (const name of found) {
    const script = scripts.get(name);
    if (script === undefined) throw new Error(`The package has no ${name}, which a script of it imports.`);
    for (const [, imported = ""] of script.matchAll(/(?:\bfrom|\bimport) ?"(\.[^"]+)"/g)) {
      found.add(path.posix.join(path.posix.dirname(name), imported));
    }
  }
  return found;
}
