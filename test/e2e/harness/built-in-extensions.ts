import { mkdirSync, readdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { codeServerEntry } from "../../../scripts/install/vscode-host.ts";

/** What of VS Code's own extensions the tests meet: Git, JSON, the languages of own components, and how it all looks. */
const needed =
  /^(git|git-base|merge-conflict|json|json-language-features|configuration-editing|javascript|typescript-basics|markdown-basics|diff|log|theme-.*)$/;

/**
 * The flags with which a server has only the built-in extensions that are needed, from a folder in `home`: each window
 * scans all there are, and starts the hosts of some, which takes seconds.
 */
export function neededExtensions(home: string): readonly string[] {
  const all = path.join(path.dirname(codeServerEntry), "..", "..", "lib", "vscode", "extensions");
  const folder = path.join(home, "built-in");
  mkdirSync(folder, { recursive: true });
  const names = readdirSync(all).filter((name) => needed.test(name));
  if (!names.includes("git")) throw new Error(`VS Code's extensions are not in ${all}.`);
  for (const name of names) symlinkSync(path.join(all, name), path.join(folder, name), "junction");
  return ["--builtin-extensions-dir", folder];
}
