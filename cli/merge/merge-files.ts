import { resolve } from "node:path";
import { type Decision, diffPipelines, type MergeOptions, mergeAndCheck, type Side } from "#core/merge";
import { type CommandLine, UnusableInput, UsageError } from "../command.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import { readNamedBytes, utf8Text } from "../read-file.ts";
import { printable, type Terminal } from "../terminal.ts";
import { choicesOf, expectChoices } from "./choices.ts";
import { decisionDocuments, type MergeAgain, type SideLabels } from "./decision-file.ts";
import { driveMerge } from "./drive-merge.ts";
import { expectNoOtherMerge, type FileNames } from "./expect-no-other-merge.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { writeMerged } from "./write-merged.ts";

/** Does what `fm merge` is asked. Throws {@link UsageError} and {@link UnusableInput}. */
export async function mergeFiles(line: CommandLine, terminal: Terminal): Promise<ExitCode> {
  const [base, ours, theirs, ...more] = line.operands;
  if (base === undefined || ours === undefined || theirs === undefined || more.length > 0)
    throw new UsageError("Name three files: what both sides came from, ours and theirs.");
  const favor = favorOf(line.text("favor"));
  const choices = choicesOf(line.texts("choose"));
  const format = line.text("format") ?? "text";
  if (format !== "text" && format !== "json")
    throw new UsageError(`--format is text or json, not "${format}".`);
  const names = { base, ours, theirs };
  const labelsOr = (own: string, other: string): SideLabels => ({
    ours: labelOf(line.text("ours-label"), own),
    theirs: labelOf(line.text("theirs-label"), other),
  });
  const driven = line.text("driver");
  if (driven !== undefined) {
    const texts = await readTexts(names, terminal);
    return driveMerge({ path: driven, target: ours, texts, labels: labelsOr("ours", "theirs") }, terminal);
  }
  const named = line.text("output");
  const output = named === "-" ? undefined : named;
  const options = { choices, ...(favor === undefined ? {} : { favor }) };
  const merge = async (): Promise<Merged> => {
    const texts = await readTexts(names, terminal);
    const merged = mergeTexts(texts, options, names);
    expectChoices(choices, merged.decisions);
    if (output === undefined) return merged;
    const open = merged.decisions.filter(({ state }) => state === "open");
    const made = (): MergeAgain => again(texts, choices);
    await expectNoOtherMerge(output, { names, made }, terminal);
    await writeMerged(output, merged.text, labelsOr(ours, theirs), open, made, terminal);
    return merged;
  };
  const merged =
    output === undefined
      ? await merge()
      : await oneAtATime(resolve(terminal.cwd, output), output, merge, terminal);
  if (merged === null) return exitCode.cancelled;
  const open = merged.decisions.filter(({ state }) => state === "open");
  if (format === "json") {
    const document = {
      merged: open.length === 0,
      decisions: decisionDocuments(merged.decisions),
      ...(output === undefined ? { text: merged.text.toString("utf8") } : {}),
    };
    terminal.out.write(`${JSON.stringify(document, null, 2)}\n`);
  } else if (output === undefined) {
    terminal.out.write(merged.text.toString("utf8"));
  }
  if (format === "text") tell(merged.decisions, terminal);
  return open.length === 0 ? exitCode.done : exitCode.no;
}

interface Merged {
  readonly text: Buffer;
  readonly decisions: readonly Decision[];
}

async function readTexts(names: FileNames, terminal: Terminal): Promise<MergedTexts> {
  return {
    base: await readNamedBytes(names.base, terminal),
    ours: await readNamedBytes(names.ours, terminal),
    theirs: await readNamedBytes(names.theirs, terminal),
  };
}

/** The merge as it was made: of texts, since only those leave something open. */
function again({ base, ours, theirs }: MergedTexts, choices: MergeAgain["choices"]): MergeAgain {
  const old = textOf(base, "base").text;
  return {
    kind: "texts",
    texts: {
      base: old.trim() === "" ? null : old,
      ours: textOf(ours, "ours").text,
      theirs: textOf(theirs, "theirs").text,
    },
    choices,
  };
}

/** The bytes of the three files. */
export interface MergedTexts {
  readonly base: Buffer;
  readonly ours: Buffer;
  readonly theirs: Buffer;
}

/** The merge of three files as bytes: those of one side, where only that changed. Throws {@link UnusableInput}. */
export function mergeTexts(
  { base, ours, theirs }: MergedTexts,
  options: MergeOptions,
  names: FileNames,
): Merged {
  if (ours.equals(theirs) || base.equals(theirs)) return alone(ours, names.ours);
  if (base.equals(ours)) return alone(theirs, names.theirs);
  const old = textOf(base, names.base);
  const result = mergeAndCheck(
    old.text.trim() === "" ? null : old.text,
    textOf(ours, names.ours).text,
    textOf(theirs, names.theirs).text,
    options,
  );
  if (!result.ok) throw new UnusableInput(`${names[result.side]}: ${result.message}`);
  const { mark } = textOf(ours, names.ours);
  return { text: Buffer.from(mark + result.text, "utf8"), decisions: result.decisions };
}

/** The one side that changed, which has to be a pipeline all the same: what is merged always is one. */
function alone(bytes: Buffer, name: string): Merged {
  const { text } = textOf(bytes, name);
  const read = diffPipelines(text, text);
  if (!read.ok) throw new UnusableInput(`${name}: ${read.message}`);
  return { text: bytes, decisions: [] };
}

/** The text of a file and the byte order mark that it begins with. */
function textOf(bytes: Buffer, name: string): { readonly text: string; readonly mark: string } {
  const text = utf8Text(bytes);
  if (text === null) throw new UnusableInput(`${name} is not UTF-8 text.`);
  return { text, mark: bytes.toString("latin1", 0, 3) === "\xEF\xBB\xBF" ? "\uFEFF" : "" };
}

/** Git before 2.44 leaves the place of a label as it is. */
function labelOf(text: string | undefined, otherwise: string): string {
  return text === undefined || text === "" || /^%[A-Z]$/.test(text) ? otherwise : text;
}

function favorOf(text: string | undefined): Side | undefined {
  if (text === undefined || text === "ours" || text === "theirs") return text;
  throw new UsageError(`--favor is ours or theirs, not "${text}".`);
}

function tell(decisions: readonly Decision[], { err }: Terminal): void {
  for (const { id, state, message, resolutions } of decisions) {
    const word = state === "open" ? err.style("red", "open") : state === "chosen" ? "chosen" : "merged";
    err.write(`${word}: ${printable(message)}\n`);
    if (state !== "chosen") err.write(`  ${printable(id)} is one of ${resolutions.join(", ")}\n`);
  }
}
