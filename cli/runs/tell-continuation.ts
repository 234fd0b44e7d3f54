import { type Continuation, type Estimate, type Why, whyWords } from "#core/engine";
import { addressKey, type StageAddress } from "#core/ports";
import { usageLine } from "../run/usage-line.ts";
import { printable, type Terminal } from "../terminal.ts";

/** Says on standard error what of a record runs again, and why. */
export function tellContinuation(
  { again, ahead, startFrom, unmapped }: Continuation,
  { err }: Terminal,
): void {
  const kept = startFrom.events.filter(({ kind }) => kind === "stage-succeeded").length;
  err.write(`${kept} finished ${kept === 1 ? "stage is" : "stages are"} taken over.\n`);
  for (const { address, why } of again)
    err.write(`${err.style("yellow", "↻")} ${named(address)} ${err.style("gray", wordsOf(why))}\n`);
  for (const stage of ahead)
    err.write(`${err.style("blue", "▷")} ${printable(stage)} ${err.style("gray", "has not run")}\n`);
  for (const stage of unmapped)
    err.write(`${err.style("gray", `○ ${printable(stage)} is not in the pipeline any longer`)}\n`);
}

/** Says what running it would take, as far as the record tells. */
export function tellEstimate({ before, unknown }: Estimate, { err }: Terminal): void {
  const used = usageLine(before);
  if (used !== null) err.write(`About what these stages took before: ${used}\n`);
  if (unknown.length > 0)
    err.write(`What these ask of a language model is not known: ${unknown.map(printable).join(", ")}.\n`);
  if (used === null && unknown.length === 0) err.write("No language model would be asked.\n");
}

/** Why a stage runs again, in a few words. */
export function wordsOf(why: Why): string {
  return printable(whyWords(why));
}

/** Asks for consent in words: what may have had its effect, and what can be done about it. */
export function consentNeeded(runId: string, effects: readonly StageAddress[], command: string): string {
  const names = effects.map(named);
  const [first = ""] = names;
  return `These stages may have had their effect already, and would have it again: ${names.join(", ")}.
Look whether they had. To run them again, add --repeat-effects to ${command}; to go on with an output that you give, fm fork ${runId} --set '${first}.output=…'.`;
}

function named(address: StageAddress): string {
  return printable(addressKey(address));
}
