import type * as vscode from "vscode";
import { modelDeltaRequest } from "#protocol";

/** Gives pieces of an answer to the adapter, in order. */
export interface PieceSender {
  /** What comes while a piece is on its way goes with the next. */
  push(text: string): void;
  /** Resolves to the number of pieces once all are there; rejects when the adapter takes no more. */
  finish(): Promise<number>;
}

/** `onRefused` is called once the adapter takes no more. */
export function sendPieces(session: vscode.DebugSession, id: string, onRefused: () => void): PieceSender {
  let waiting = "";
  let pieces = 0;
  let sending: Promise<void> | null = null;

  const sendAll = async (): Promise<void> => {
    while (waiting !== "") {
      const text = waiting;
      waiting = "";
      await session.customRequest(modelDeltaRequest.name, { id, index: pieces, text });
      pieces += 1;
    }
    sending = null;
  };

  return {
    push: (text) => {
      waiting += text;
      if (sending !== null || waiting === "") return;
      sending = sendAll();
      sending.catch(onRefused);
    },
    finish: async () => {
      await sending;
      return pieces;
    },
  };
}
