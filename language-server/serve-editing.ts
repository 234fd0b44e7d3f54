import { tidyText } from "#core/pipeline";
import {
  type ActionAbilities,
  type ActionData,
  canonicalActions,
  withCanonicalEdit,
} from "./canonical-actions.ts";
import { codeActions } from "./code-actions/code-actions.ts";
import { complete } from "./complete.ts";
import { positionFromLsp } from "./convert.ts";
import { ofValid } from "./editing-params.ts";
import { hover } from "./hover.ts";
import { lineEdits } from "./line-edits.ts";
import { prepareRename, rename } from "./rename.ts";
import type { Served } from "./served.ts";

/** Answers what an editor of the text asks: completion, hover, renaming, formatting, actions. */
export function serveEditing(
  { connection, projects, checks, openedAt, openAt, projectFor }: Served,
  abilities: () => ActionAbilities,
): void {
  connection.onCompletion(
    ofValid("textDocument/completion", ({ textDocument: { uri }, position }) => {
      const open = openedAt(uri);
      if (open === null) return [];
      const document = open.read();
      const offset = open.lines.offsetAt(positionFromLsp(position));
      return [...complete(document, open.lines, projects.namesOf(uri), offset)];
    }),
  );

  connection.onHover(
    ofValid("textDocument/hover", ({ textDocument: { uri }, position }) => {
      const open = openedAt(uri);
      if (open === null) return null;
      const document = open.read();
      const offset = open.lines.offsetAt(positionFromLsp(position));
      return hover(document, open.lines, projects.definitionsOf(uri), offset);
    }),
  );

  connection.onPrepareRename(
    ofValid("textDocument/prepareRename", ({ textDocument: { uri }, position }) => {
      const open = openAt(uri);
      return prepareRename(open.read(), open.lines.offsetAt(positionFromLsp(position)));
    }),
  );

  connection.onRenameRequest(
    ofValid("textDocument/rename", async ({ textDocument: { uri }, position, newName }) => {
      openAt(uri);
      const neighbours = await projects.neighboursNow(uri);
      const open = openAt(uri);
      const offset = open.lines.offsetAt(positionFromLsp(position));
      return rename({ uri, document: open.read() }, offset, newName, neighbours);
    }),
  );

  connection.onDocumentFormatting(
    ofValid("textDocument/formatting", ({ textDocument: { uri } }) => {
      const document = openedAt(uri)?.read();
      const tidy = document && tidyText(document);
      return document !== undefined && tidy?.ok === true ? [...lineEdits(document.text, tidy.text)] : [];
    }),
  );

  connection.onCodeAction(
    ofValid("textDocument/codeAction", (params) => {
      const { uri } = params.textDocument;
      const open = openedAt(uri);
      if (open === null) return [];
      const text = checks.latest(uri);
      return [
        ...(text === null ? [] : codeActions(text, params)),
        ...canonicalActions(params, open, projectFor(uri, open).definitions, abilities()),
      ];
    }),
  );

  connection.onCodeActionResolve(
    ofValid("codeAction/resolve", (action) => {
      // One that has its edit already has no data.
      if (action.data === undefined || action.data === null) return action;
      // Only our own actions come back, with the data that they were given.
      const { uri } = action.data as ActionData;
      const open = openedAt(uri);
      if (open === null) return action;
      const resolved = withCanonicalEdit(action, open, projectFor(uri, open).definitions);
      if (resolved.ok) return resolved.action;
      connection.window.showWarningMessage(resolved.message);
      return action;
    }),
  );
}
