import * as vscode from "vscode";

/** Where defects end: VS Code calls us only through it. */
export interface Edge {
  readonly log: vscode.LogOutputChannel;
  /** Calls `action`; what it throws is logged and shown to the user, once. */
  run<T>(during: string, action: () => T | Thenable<T>): Promise<T | undefined>;
  /** Logs a mistake that no one waits for. */
  readonly report: (error: unknown, during: string) => void;
}

/** An expected refusal whose message is for the user; it is shown as it is and not logged as a defect. */
export class Refusal extends Error {
  override readonly name = "Refusal";
}

/** Whether an error is a {@link Refusal}: by its name, as each bundle has a class of its own. */
export function isRefusal(error: unknown): error is Error {
  return error instanceof Error && error.name === "Refusal";
}

const SHOW_LOG = "Show Log";

/** The extension's one catch. */
export function createEdge(log: vscode.LogOutputChannel): Edge {
  const report = (error: unknown, during: string): void => {
    log.error(`${during}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  };
  return {
    log,
    report,
    async run(during, action) {
      try {
        return await action();
      } catch (error) {
        if (error instanceof vscode.CancellationError) return undefined;
        if (isRefusal(error)) {
          void vscode.window.showWarningMessage(error.message);
          return undefined;
        }
        report(error, during);
        const message = error instanceof Error ? error.message : String(error);
        void vscode.window
          .showErrorMessage(`FlowMason could not finish ${during}: ${message}`, SHOW_LOG)
          .then((choice) => (choice === SHOW_LOG ? log.show() : undefined));
        return undefined;
      }
    },
  };
}
