import { createInterface, type Interface } from "node:readline";
import type { Question } from "#core/ports";
import { type PendingQuestion, type PendingQuestions, userName } from "#host";
import { printable, type Terminal } from "../terminal.ts";

/** Asks in the terminal what a run asks, one question after the other, until it is stopped by what this returns. */
export function askInTerminal(pending: PendingQuestions, { err, stdin }: Terminal): () => void {
  let lines: Interface | null = null;
  const waiting: PendingQuestion[] = [];
  let shown: PendingQuestion | null = null;

  const next = (): void => {
    shown = waiting.shift() ?? null;
    if (shown === null) return;
    err.write(promptOf(shown, err));
    // Not before: what is typed while nothing is asked answers nothing.
    lines ??= listen();
  };

  const listen = (): Interface => {
    const opened = createInterface({ input: stdin, terminal: false });
    opened.on("line", take);
    opened.once("close", () => {
      if (shown !== null)
        err.write("\nThe input is closed. Answer with fm answer, which lists what is open.\n");
    });
    return opened;
  };

  const take = (line: string): void => {
    if (shown === null) return;
    const { question } = shown;
    const given = line === "" && question.default !== null ? question.default : line;
    const receipt = pending.answer(question.id, given, { by: userName(), via: "terminal" });
    if (!receipt.ok && shown?.question === question) err.write(`${receipt.message} > `);
  };

  const stopListening = pending.onChange((change) => {
    if (change.kind === "asked") {
      waiting.push(change);
      if (shown === null) next();
      return;
    }
    const at = waiting.findIndex(({ question }) => question === change.question);
    if (at >= 0) waiting.splice(at, 1);
    if (shown?.question !== change.question) return;
    // Answered elsewhere or withdrawn: the line that the cursor stands on is over.
    err.write("\n");
    next();
  });
  return () => {
    stopListening();
    shown = null;
    lines?.close();
    // What is left in it would keep the process alive.
    if (lines !== null) stdin.destroy();
  };
}

/** Where no one sits at the terminal: says how each question is answered from elsewhere. */
export function tellHowToAnswer(
  pending: PendingQuestions,
  folderOption: string,
  { err }: Terminal,
): () => void {
  return pending.onChange(({ kind, question, asker }) => {
    if (kind !== "asked") return;
    const name = printable(asker.stage);
    err.write(`${err.style("magenta", "?")} ${name} asks: ${wordsOf(question)}\n`);
    err.write(
      `  Answer it with: fm answer ${asker.runId} ${shellWord(name)} ${exampleOf(question)}${folderOption}\n`,
    );
  });
}

/** A word as a shell takes it. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function promptOf({ question, asker }: PendingQuestion, err: Terminal["err"]): string {
  const { kind, options, title } = question;
  const lines = [
    `${err.style("magenta", "?")} ${printable(asker.stage)} asks: ${title === null ? "" : `${err.style("bold", printable(title))} `}${printable(question.prompt)}`,
  ];
  if (kind === "choice")
    lines.push(...options.map((option, index) => `  ${index + 1}) ${printable(option)}`));
  const offered = question.default === null ? "" : ` [${wordOf(question.default)}]`;
  const how = kind === "confirm" ? "yes or no" : kind === "choice" ? "option or number" : "text";
  return `${lines.join("\n")}\n  ${how}${offered} > `;
}

function wordsOf({ kind, prompt, options }: Question): string {
  const words = printable(prompt);
  switch (kind) {
    case "confirm":
      return `${words} (yes or no)`;
    case "choice":
      return `${words} (${options.map(printable).join(", ")})`;
    case "text":
      return words;
  }
}

function exampleOf({ kind, options }: Question): string {
  switch (kind) {
    case "confirm":
      return "yes";
    case "choice":
      return shellWord(printable(options[0] ?? ""));
    case "text":
      return "TEXT";
  }
}

function wordOf(value: boolean | string): string {
  return value === true ? "yes" : value === false ? "no" : printable(value);
}
