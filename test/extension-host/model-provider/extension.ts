import * as vscode from "vscode";

// An extension of the tests, never of the product: it brings language models by VS Code's own API, which answer what a
// test says.

/** A call of one of the models. */
export interface Call {
  readonly model: string;
  readonly messages: readonly { readonly role: "user" | "assistant"; readonly text: string }[];
  readonly modelOptions: Readonly<Record<string, unknown>>;
  readonly token: vscode.CancellationToken;
  say(text: string): void;
  report(part: vscode.LanguageModelDataPart): void;
  end(): void;
  fail(error: Error): void;
}

/** What the extension exports. */
export interface ModelStand {
  /** Names of the models that there are from now on; each is a family of its own. */
  offer(...names: readonly string[]): void;
  readonly onDidCall: vscode.Event<Call>;
  /** Whether the tokenizer works: a token is a word then. */
  counting: "words" | "broken";
}

export function activate({ subscriptions }: vscode.ExtensionContext): ModelStand {
  const called = new vscode.EventEmitter<Call>();
  const changed = new vscode.EventEmitter<void>();
  let names: readonly string[] = ["small", "large"];
  const stand: ModelStand = {
    offer: (...given) => {
      names = given;
      changed.fire();
    },
    onDidCall: called.event,
    counting: "words",
  };
  const provider: vscode.LanguageModelChatProvider = {
    onDidChangeLanguageModelChatInformation: changed.event,
    provideLanguageModelChatInformation: () => names.map(informationOf),
    provideLanguageModelChatResponse: (model, messages, { modelOptions = {} }, progress, token) =>
      new Promise<void>((resolve, reject) => {
        called.fire({
          model: model.id,
          messages: messages.map(({ role, content }) => ({
            role: role === vscode.LanguageModelChatMessageRole.User ? "user" : "assistant",
            text: textOf(content),
          })),
          modelOptions,
          token,
          say: (text) => progress.report(new vscode.LanguageModelTextPart(text)),
          report: (part) => progress.report(part),
          end: resolve,
          fail: reject,
        });
      }),
    provideTokenCount: (_model, text) =>
      stand.counting === "words"
        ? Promise.resolve((typeof text === "string" ? text : textOf(text.content)).split(/\s+/).length)
        : Promise.reject(new Error("no tokenizer")),
  };
  subscriptions.push(called, changed, vscode.lm.registerLanguageModelChatProvider("acme", provider));
  return stand;
}

function informationOf(id: string): vscode.LanguageModelChatInformation {
  return {
    id,
    name: `Acme ${id}`,
    family: `${id}-family`,
    version: "1",
    maxInputTokens: 1000,
    maxOutputTokens: 1000,
    capabilities: {},
  };
}

function textOf(content: readonly unknown[]): string {
  return content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : "?")).join("");
}
