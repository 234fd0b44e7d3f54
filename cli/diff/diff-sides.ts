import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { promisify } from "node:util";
import { parsePipeline } from "#core/pipeline";
import { UnusableInput, UsageError } from "../command.ts";
import { readNamedBytes, utf8Text } from "../read-file.ts";
import type { Terminal } from "../terminal.ts";

/** A pipeline's text, and what it is called in what is told of it. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** The two texts that operands name: two files, or two revisions of one. Throws where there is none to read. */
export async function readSides(
  operands: readonly string[],
  terminal: Terminal,
): Promise<{ readonly before: NamedText; readonly after: NamedText }> {
  const [one, other, ...more] = operands;
  if (one === undefined || other === undefined || more.length > 0)
    throw new UsageError("Name two pipeline files, or two revisions as REV..REV and a file.");
  if (one.includes("..") && !existsSync(resolve(terminal.cwd, one))) {
    const [, first = "", dots = "", to = ""] = /^(.*?)(\.{2,3})(.*)$/s.exec(one) ?? [];
    const from = first === "" ? "HEAD" : first;
    // As Git has it: with three dots it is what came since the two parted.
    const start = dots === "..." ? await partingOf(from, to === "" ? "HEAD" : to, other, terminal) : from;
    return orNothing(
      () => revisionOf(start, other, terminal),
      () => (to === "" ? fileAtWork(other, terminal) : revisionOf(to, other, terminal)),
    );
  }
  return { before: await fileOf(one, terminal), after: await fileOf(other, terminal) };
}

/** A revision has no such file. */
class NotThere extends UnusableInput {
  readonly side: string;

  constructor(side: string, message: string) {
    super(message);
    this.side = side;
  }
}

/** Two versions of a file, of which one may be nothing: it came, or went. */
async function orNothing(
  readBefore: () => Promise<NamedText>,
  readAfter: () => Promise<NamedText>,
): Promise<{ readonly before: NamedText; readonly after: NamedText }> {
  const [before, after] = [await orNotThere(readBefore), await orNotThere(readAfter)];
  if (!(before instanceof NotThere))
    return { before, after: after instanceof NotThere ? nothingLike(before, after) : after };
  if (after instanceof NotThere) throw before;
  return { before: nothingLike(after, before), after };
}

async function orNotThere(read: () => Promise<NamedText>): Promise<NamedText | NotThere> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof NotThere) return error;
    throw error;
  }
}

/** A pipeline that says nothing, in the way of one of which it is the other version. */
function nothingLike({ text }: NamedText, { side }: NotThere): NamedText {
  return {
    name: `${side} (no such file)`,
    text: NOTHING[parsePipeline(text).tree.container?.kind ?? "none"],
  };
}

const NOTHING = { list: '{ "stages": [] }', map: '{ "stages": {} }', none: "{}" } as const;

async function fileAtWork(path: string, terminal: Terminal): Promise<NamedText> {
  if (!existsSync(resolve(terminal.cwd, path)))
    throw new NotThere(path, `${path} cannot be read: there is no such file.`);
  return fileOf(path, terminal);
}

async function fileOf(path: string, terminal: Terminal): Promise<NamedText> {
  return named(path, await readNamedBytes(path, terminal));
}

function named(name: string, bytes: Buffer): NamedText {
  const text = utf8Text(bytes);
  if (text === null)
    throw new UnusableInput(`${name} is not UTF-8 text. Save it as UTF-8, which JSON is written in.`);
  return { name, text };
}

async function revisionOf(revision: string, path: string, terminal: Terminal): Promise<NamedText> {
  const name = `${revision}:${path}`;
  const inFolder = placeOf(path, terminal).name;
  const object = `${revisionName(revision)}:./${inFolder}`;
  try {
    return named(name, await gitBeside(path, ["show", "--end-of-options", object], name, terminal));
  } catch (error) {
    if (!(error instanceof UnusableInput) || !(await isMissing(revision, path, terminal))) throw error;
    throw new NotThere(name, error.message);
  }
}

/** Whether a revision is there and has no such file. */
async function isMissing(revision: string, path: string, terminal: Terminal): Promise<boolean> {
  const { name } = placeOf(path, terminal);
  const args = ["ls-tree", "--name-only", "--end-of-options", revisionName(revision), "--", `./${name}`];
  try {
    return (await gitBeside(path, args, path, terminal)).length === 0;
  } catch (error) {
    if (error instanceof UnusableInput) return false;
    throw error;
  }
}

/** The folder of a file, or what is there of it, and what the file is called in it, with `/`. */
function placeOf(path: string, { cwd }: Terminal): { readonly folder: string; readonly name: string } {
  const file = resolve(cwd, path);
  let folder = dirname(file);
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  return { folder, name: relative(folder, file).replaceAll("\\", "/") };
}

/** The commit that two revisions have in common last. */
async function partingOf(one: string, other: string, path: string, terminal: Terminal): Promise<string> {
  const name = `What ${one} and ${other} have in common`;
  const revisions = [one, other].map(revisionName);
  // It ends with 1 and says nothing where there is none.
  const found = await gitBeside(path, ["merge-base", ...revisions], name, terminal);
  return found.toString("utf8").trim().slice(0, 12);
}

/** What begins with a dash would be an option. */
function revisionName(text: string): string {
  if (text.startsWith("-")) throw new UsageError(`"${text}" is no revision.`);
  return text;
}

/** What Git prints in the folder of a file, or in what is there of it. */
async function gitBeside(
  path: string,
  args: readonly string[],
  name: string,
  terminal: Terminal,
): Promise<Buffer> {
  try {
    const run = promisify(execFile);
    const { stdout } = await run("git", [...args], {
      cwd: placeOf(path, terminal).folder,
      maxBuffer: MOST,
      encoding: "buffer",
    });
    return stdout;
  } catch (error) {
    throw new UnusableInput(`${name} cannot be read: ${gitReason(error)}`);
  }
}

const MOST = 256 * 1024 * 1024;

/** What Git says, or why it says nothing. */
function gitReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ("code" in error && error.code === "ENOENT")
    return "Git cannot be started here: it is not installed, or there is no such folder.";
  const said = "stderr" in error ? String(error.stderr).trim() : "";
  if (said === "" && "code" in error && error.code === 1) return "there is no such commit.";
  return said === "" ? error.message : said.replace(/^fatal: /, "Git says: ");
}
