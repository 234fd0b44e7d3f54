import { mkdir, readFile, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import process from "node:process";
import { type CommandLine, UnusableInput, UsageError } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { GitRefusal, git } from "../git-process.ts";
import { reasonOf } from "../read-file.ts";
import type { Terminal } from "../terminal.ts";
import { printOutline } from "./print-outline.ts";

/** Does what `fm git` is asked. Throws {@link UsageError} and {@link UnusableInput}. */
export async function setUpGit(line: CommandLine, terminal: Terminal): Promise<ExitCode> {
  const [what, ...rest] = line.operands;
  switch (what) {
    case "install":
      if (rest.length > 0) throw new UsageError("fm git install takes no names.");
      return install(line, terminal);
    case "outline":
      return printOutline(rest, terminal);
    case undefined:
    default:
      throw new UsageError("fm git does install, or outline FILE.");
  }
}

async function install(line: CommandLine, terminal: Terminal): Promise<ExitCode> {
  if (line.has("global") && line.has("local")) throw new UsageError("Give one of --global and --local.");
  const scope = line.has("global") ? "--global" : "--local";
  const command = line.text("command") ?? ownCommand();
  try {
    for (const [name, value] of settings(command)) await git(terminal.cwd, "config", scope, name, value);
    const path = await attributesPath(scope, terminal);
    await addAttributes(path);
    terminal.err.write(`Git merges and shows *.pipeline.json by what they say now, as ${path} tells it.\n`);
    return exitCode.done;
  } catch (error) {
    if (error instanceof GitRefusal) throw new UnusableInput(`${error.message}.`);
    throw error;
  }
}

/** Git's settings: the driver, what is compared, and the merge tool. */
function settings(command: string): readonly (readonly [name: string, value: string])[] {
  return [
    ["merge.pipeline.name", "FlowMason pipelines, by stage and property"],
    // Git fills in what stands behind a percent sign there, be it part of a path.
    [
      "merge.pipeline.driver",
      `${command.replaceAll("%", "%%")} merge %O %A %B --driver %P --ours-label %X --theirs-label %Y`,
    ],
    // What two histories have in common may be a merge of its own, in which nothing may be left to decide.
    ["merge.pipeline.recursive", "binary"],
    ["diff.pipeline.textconv", `${command} git outline`],
    ["diff.pipeline.cachetextconv", "false"],
    [
      "mergetool.pipeline.cmd",
      // Git puts its own backup, full of markers, in the place of a result that is not all merged.
      `if [ -f "$BASE" ]; then base="$BASE"; else base=/dev/null; fi; ${command} merge "$base" "$LOCAL" "$REMOTE" -o "$MERGED"; code=$?; if [ $code = 1 ] && [ -f "$BACKUP" ]; then cp -- "$MERGED" "$BACKUP"; fi; exit $code`,
    ],
    ["mergetool.pipeline.trustExitCode", "true"],
  ];
}

/** How this process was started, as a shell takes it. */
function ownCommand(): string {
  const entry = process.argv[1];
  return entry === undefined ? "fm" : [process.execPath, entry].map(quoted).join(" ");
}

function quoted(word: string): string {
  return `'${word.replaceAll("\\", "/").replaceAll("'", "'\\''")}'`;
}

async function attributesPath(scope: "--global" | "--local", { cwd, env }: Terminal): Promise<string> {
  if (scope === "--local")
    return (await git(cwd, "rev-parse", "--path-format=absolute", "--git-path", "info/attributes")).trimEnd();
  const home = env["HOME"] ?? env["USERPROFILE"] ?? homedir();
  try {
    return resolve(
      home,
      (await git(cwd, "config", "--global", "--type=path", "core.attributesFile")).trimEnd(),
    );
  } catch (error) {
    // Without the setting it is the file that Git reads then.
    if (!(error instanceof GitRefusal)) throw error;
    return join(env["XDG_CONFIG_HOME"] ?? join(home, ".config"), "git", "attributes");
  }
}

const ATTRIBUTES = "*.pipeline.json merge=pipeline diff=pipeline";

async function addAttributes(path: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    const text = await readFile(path, "utf8").catch((error: unknown) => {
      // Only what is not there may be begun anew: what cannot be read must not be written over.
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
      throw error;
    });
    if (text.split(/\r?\n/).includes(ATTRIBUTES)) return;
    const joint = text === "" || text.endsWith("\n") ? "" : "\n";
    await writeFile(path, `${text}${joint}${ATTRIBUTES}\n`);
  } catch (error) {
    throw new UnusableInput(`${path} cannot be written: ${reasonOf(error)}.`);
  }
}
