import * as vscode from "vscode";
import type { OpenQuestion, QuestionList } from "./question-list.ts";

/**
 * Asks in a quick pick, or in an input box for a text. Undefined when the user leaves it, which leaves the question
 * open, and when it is answered elsewhere meanwhile: then it goes away by itself.
 */
export function askPerson(asked: OpenQuestion, list: QuestionList): Promise<boolean | string | undefined> {
  const { kind, title, prompt, options } = asked.question;
  const heading = `${asked.stage}: ${title ?? prompt}`;
  switch (kind) {
    case "confirm":
      return pick(asked, list, heading, [
        { label: "Yes", value: true },
        { label: "No", value: false },
      ]);
    case "choice":
      return pick(
        asked,
        list,
        heading,
        options.map((option) => ({ label: option, value: option })),
      );
    case "text":
      return typed(asked, list, heading);
  }
}

interface Item extends vscode.QuickPickItem {
  readonly value: boolean | string;
}

function pick(
  asked: OpenQuestion,
  list: QuestionList,
  heading: string,
  items: readonly Item[],
): Promise<boolean | string | undefined> {
  const input = vscode.window.createQuickPick<Item>();
  const { prompt } = asked.question;
  const offered = items.filter(({ value }) => value === asked.question.default);
  input.title = heading;
  input.placeholder = prompt;
  input.items = items;
  if (offered.length > 0) input.activeItems = offered;
  return untilAnswered(input, asked, list, () => input.activeItems[0]?.value);
}

function typed(
  asked: OpenQuestion,
  list: QuestionList,
  heading: string,
): Promise<boolean | string | undefined> {
  const input = vscode.window.createInputBox();
  const { prompt } = asked.question;
  input.title = heading;
  input.prompt = prompt;
  if (typeof asked.question.default === "string") input.value = asked.question.default;
  return untilAnswered(input, asked, list, () => input.value);
}

function untilAnswered<T>(
  input: (vscode.QuickPick<Item> | vscode.InputBox) & vscode.Disposable,
  asked: OpenQuestion,
  list: QuestionList,
  valueOf: () => T,
): Promise<T | undefined> {
  // Looking something up elsewhere must not take the question away.
  input.ignoreFocusOut = true;
  return new Promise((resolve) => {
    const end = (value: T | undefined): void => {
      resolve(value);
      subscriptions.dispose();
      input.dispose();
    };
    const subscriptions = vscode.Disposable.from(
      input.onDidAccept(() => end(valueOf())),
      input.onDidHide(() => end(undefined)),
      list.onDidChange(() => {
        if (!list.has(asked)) end(undefined);
      }),
    );
    input.show();
  });
}
