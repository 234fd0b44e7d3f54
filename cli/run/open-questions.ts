import type { AskPort } from "#core/ports";
import { createRunQuestions, readWorkspace } from "#host";
import type { CommandLine } from "../command.ts";
import type { Terminal } from "../terminal.ts";
import { askInTerminal, shellWord, tellHowToAnswer } from "./terminal-questions.ts";

/** What a run in a terminal asks, and the end of it. */
export interface OpenQuestions {
  readonly people: AskPort;
  close(): void;
}

/** Questions are asked here where a person sits at the terminal; `fm answer` answers them in any case. */
export async function openQuestions(
  root: string,
  line: CommandLine,
  terminal: Terminal,
): Promise<OpenQuestions> {
  const isHere = terminal.isInteractive && line.text("input-file") !== "-";
  const questions = createRunQuestions(root, isHere ? "answered-here" : "alone");
  const stop = isHere
    ? askInTerminal(questions.pending, terminal)
    : tellHowToAnswer(questions.pending, await folderOption(root, terminal), terminal);
  return {
    people: questions.people,
    close() {
      stop();
      questions.close();
    },
  };
}

/** What `fm answer` has to be told from here to look into the workspace of the run. */
async function folderOption(root: string, { cwd }: Terminal): Promise<string> {
  const here = await readWorkspace(cwd);
  return here.ok && here.workspace.root === root ? "" : ` --folder ${shellWord(root)}`;
}
