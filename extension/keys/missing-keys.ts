import * as vscode from "vscode";
import { DEBUG_TYPE, keyMissingEvent } from "#protocol";
import type { Edge } from "../edge.ts";
import type { ApiKeys } from "./api-keys.ts";

const SET = "Set API Key…";

/** Offers to set the key that a run lacks. */
export function offerMissingKeys(edge: Edge, keys: ApiKeys): vscode.Disposable {
  return vscode.debug.onDidReceiveDebugSessionCustomEvent(({ session, event, body }) => {
    if (session.type !== DEBUG_TYPE || event !== keyMissingEvent.name) return;
    void edge.run("offering to set a key", async () => {
      const { variable, stage } = keyMissingEvent.body.parse(body);
      const message = `Stage "${stage}" asks a model whose key is not set: ${variable}.`;
      if ((await vscode.window.showErrorMessage(message, SET)) === SET) await keys.set(variable);
    });
  });
}
