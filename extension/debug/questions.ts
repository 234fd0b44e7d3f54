import * as vscode from "vscode";
import { answerRequest } from "#protocol";
import { type Edge, Refusal } from "../edge.ts";
import { askPerson } from "./ask-person.ts";
import { createQuestionList, type OpenQuestion } from "./question-list.ts";

/** What runs ask, for the user to answer: a notification for each question, and a count in the status bar. */
export interface Questions extends vscode.Disposable {
  /** Lets the user choose among the open questions, and answer one; leaving it leaves the question open. */
  answerOne(): Promise<void>;
}

const YES = "Yes";
const NO = "No";
const ANSWER = "Answer…";

/** Asks what the runs of all debug sessions ask, until it is disposed of. */
export function createQuestions(edge: Edge): Questions {
  const list = createQuestionList(edge);
  const status = vscode.window.createStatusBarItem("flowmason.questions", vscode.StatusBarAlignment.Left);
  status.name = "FlowMason Questions";
  status.command = "flowmason.answerQuestion";

  const show = (): void => {
    const count = list.all().length;
    status.text = `$(comment-unresolved) ${count === 1 ? "1 question" : `${count} questions`}`;
    status.tooltip = list.all().map(describe).join("\n");
    if (count === 0) status.hide();
    else status.show();
  };

  const give = async (asked: OpenQuestion, value: boolean | string): Promise<void> => {
    // Answered elsewhere meanwhile, or over: the notification stays on the screen longer than the question.
    if (!list.has(asked))
      throw new Refusal(`${asked.stage} does not ask "${asked.question.prompt}" any longer.`);
    try {
      await asked.session.customRequest(answerRequest.name, {
        id: asked.question.id,
        value,
        via: vscode.env.appName,
      });
    } catch (error) {
      throw new Refusal(error instanceof Error ? error.message : String(error));
    }
  };

  const ask = async (asked: OpenQuestion): Promise<void> => {
    const value = await askPerson(asked, list);
    if (value !== undefined) await give(asked, value);
  };

  const notify = async (asked: OpenQuestion): Promise<void> => {
    const buttons = asked.question.kind === "confirm" ? [YES, NO] : [ANSWER];
    const chosen = await vscode.window.showInformationMessage(describe(asked), ...buttons);
    if (chosen === ANSWER) await ask(asked);
    else if (chosen !== undefined) await give(asked, chosen === YES);
  };

  const subscriptions = vscode.Disposable.from(
    list,
    status,
    list.onDidChange(show),
    list.onDidAsk((asked) => void edge.run("asking a question", () => notify(asked))),
  );

  return {
    async answerOne() {
      const open = list.all();
      const [only, other] = open;
      if (only === undefined) throw new Refusal("No run asks anything now.");
      if (other === undefined) return ask(only);
      const picked = await vscode.window.showQuickPick(
        open.map((asked) => ({ label: asked.stage, detail: asked.question.prompt, asked })),
        { title: "Which question?", matchOnDetail: true },
      );
      if (picked !== undefined) await ask(picked.asked);
    },
    dispose: () => subscriptions.dispose(),
  };
}

function describe({ stage, question: { title, prompt } }: OpenQuestion): string {
  return `${stage} asks: ${title === null ? "" : `${title}: `}${prompt}`;
}
