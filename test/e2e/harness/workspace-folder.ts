import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { inRoot } from "../../../scripts/setup/root.mjs";

/** The folder a scenario works in, as it is on disk. */
export interface WorkspaceFolder {
  readonly path: string;
  /** How the window names a file of it: by the way there from the folder that is open. */
  nameOf(file: string): string;
  read(name: string): string;
  write(name: string, text: string): void;
}

/** What a scenario finds when it starts: the samples, or files of its own by name. */
export type WorkspaceContent = "samples" | Readonly<Record<string, string>>;

/** Makes a new folder under `parent` with the content. */
export function createWorkspaceFolder(parent: string, content: WorkspaceContent): WorkspaceFolder {
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(path.join(parent, "ws-"));
  return fillFolder(folder, folder, content);
}

/** Puts the content into a folder, which need not be there yet; `opened` is itself or the folder above it that is open. */
export function fillFolder(folder: string, opened: string, content: WorkspaceContent): WorkspaceFolder {
  const write = (name: string, text: string): void => {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  };
  if (content === "samples") cpSync(inRoot("samples"), folder, { recursive: true });
  else for (const [name, text] of Object.entries(content)) write(name, text);
  return {
    path: folder,
    nameOf: (file) => path.relative(opened, path.join(folder, file)),
    read: (name) => readFileSync(path.join(folder, name), "utf8"),
    write,
  };
}
