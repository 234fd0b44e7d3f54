import { catalogEntry } from "#core/pipeline";

/** Folders of a project, relative to its root with `/`, in which the modules of its own components are. */
export type CodeFolders = readonly string[];

/**
 * Why a pipeline must not write the file at a normal path: what the next run, the editor or a tool of the project
 * executes or takes its settings from would let whoever decides on the path or the text decide what runs. A pipeline
 * writes data. Null where it may. Names count as a file system that ignores case and look-alikes would take them.
 */
export function unwritablePath(path: string, code: CodeFolders): string | null {
  const names = path.split("/");
  const folded = names.map(fold);
  const hidden = folded.findIndex((name) => name.startsWith(".") || name === "node_modules");
  if (hidden >= 0) return `"${names[hidden]}" holds settings or code of tools`;
  const folder = codeFolderOf(path, code);
  if (folder !== undefined) return `"${folder}" holds the code of the project's components`;
  const name = folded.at(-1) ?? "";
  if (name.endsWith(".pipeline.json")) return "it would be a pipeline, which the next run could execute";
  if (settings.has(name) || /\.code-workspace$|^[jt]sconfig\b.*\.json$/.test(name))
    return "it holds settings of tools";
  if (programs.has(name)) return "it would be a program";
  const ending = /\.[^.]+$/.exec(name)?.[0];
  return ending !== undefined && programEndings.has(ending)
    ? `a file that ends in ${ending} is a program`
    : null;
}

/** The folder of components that a normal path leads into; undefined where it leads into none. */
export function codeFolderOf(path: string, code: CodeFolders): string | undefined {
  const folded = path.split("/").map(fold);
  return ["components", ...code].find((each) => isUnder(folded, each));
}

/** Why a pipeline must not write a file at all that holds this text, before or after; null where it may. */
export function unwritableText(path: string, text: string): string | null {
  if (!fold(path).endsWith(".json") || catalogEntry("any.json", text) === null) return null;
  return "its content is a pipeline, which other pipelines of the project could call";
}

/** What to write instead. */
export const writeInstead =
  'Write results as data, for example to "out/report.json" or "out/report.md"; a program that a pipeline makes, as text with the ending .txt.';

const settings: ReadonlySet<string> = new Set([
  "flowmason.json",
  "package.json",
  "package-lock.json",
  "npm-shrinkwrap.json",
  "pnpm-lock.yaml",
  "pnpm-workspace.yaml",
  "yarn.lock",
  "bun.lock",
  "deno.json",
  "deno.jsonc",
]);

const programs: ReadonlySet<string> = new Set([
  "makefile",
  "gnumakefile",
  "justfile",
  "rakefile",
  "dockerfile",
  "containerfile",
]);

const programEndings: ReadonlySet<string> = new Set(
  "js mjs cjs jsx ts mts cts tsx node wasm sh bash zsh fish ksh ps1 psm1 bat cmd com exe dll so dylib py pyw pyc pth rb pl lua php"
    .split(" ")
    .map((ending) => `.${ending}`),
);

/**
 * A name as file systems may take it: macOS ignores case and characters that nobody sees, Windows besides that dots and
 * blanks at the end and what follows a colon.
 */
function fold(name: string): string {
  const visible = name.normalize("NFKC").replace(/\p{Default_Ignorable_Code_Point}/gu, "");
  const folded = visible.toUpperCase().toLowerCase().replace(/:.*$/su, "");
  return folded.replace(/[. ]+$/, "");
}

function isUnder(folded: readonly string[], folder: string): boolean {
  const steps = folder.split("/").filter((step) => step !== "" && step !== ".");
  return (
    steps.length > 0 && folded.length > steps.length && steps.every((step, at) => fold(step) === folded[at])
  );
}
