import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { type ResolveAnswer, resolvedChanged, resolveRequest } from "#protocol";
import type { Edge } from "../edge.ts";
import { LANGUAGE_ID, RESOLVED_SCHEME } from "../identifiers.ts";
import { bindLanguage } from "../open-as.ts";
import { resolvedUriOf, sourceOf } from "./resolved-uri.ts";

/** Read-only documents that show what pipelines are with all that they inherit, as the language server resolves them. */
export interface ResolvedDocuments extends vscode.Disposable {
  /** Shows the resolved form of a pipeline beside it. */
  show(pipeline: vscode.Uri): Promise<void>;
  /** What a pipeline is resolved to as it is now, saved or not. */
  resolve(pipeline: vscode.Uri): Promise<ResolveAnswer>;
}

/** Shows resolved pipelines until it is disposed of. */
export function createResolvedDocuments(edge: Edge, client: LanguageClient): ResolvedDocuments {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const answered = new vscode.EventEmitter<void>();
  const answers = new Map<string, ResolveAnswer>();

  const resolve = async (pipeline: vscode.Uri): Promise<ResolveAnswer> => {
    const source = await vscode.workspace.openTextDocument(pipeline);
    // The server resolves what is open as a pipeline.
    await bindLanguage(source);
    const params = { uri: client.code2ProtocolConverter.asUri(source.uri) };
    return resolveRequest.result.parse(await client.sendRequest(resolveRequest.name, params));
  };

  const provideTextDocumentContent = async (uri: vscode.Uri): Promise<string> => {
    const answer = await resolve(sourceOf(uri));
    answers.set(uri.toString(), answer);
    answered.fire();
    return answer.text ?? explanation(answer);
  };

  const isShown = (uri: vscode.Uri): boolean =>
    vscode.workspace.textDocuments.some((document) => document.uri.toString() === uri.toString());

  const refresh = (source: vscode.Uri): void => {
    const uri = resolvedUriOf(source);
    if (isShown(uri)) changed.fire(uri);
  };

  const subscriptions = vscode.Disposable.from(
    changed,
    answered,
    vscode.workspace.registerTextDocumentContentProvider(RESOLVED_SCHEME, {
      onDidChange: changed.event,
      provideTextDocumentContent: (uri) =>
        edge.run("resolving a pipeline", () => provideTextDocumentContent(uri)),
    }),
    vscode.languages.registerCodeLensProvider(
      { scheme: RESOLVED_SCHEME },
      {
        onDidChangeCodeLenses: answered.event,
        provideCodeLenses: ({ uri }) => (answers.get(uri.toString())?.inherited ?? []).map(lensOf),
      },
    ),
    client.onNotification(resolvedChanged.name, (params: unknown) =>
      refresh(client.protocol2CodeConverter.asUri(resolvedChanged.params.parse(params).uri)),
    ),
    // VS Code closes texts that nobody looks at, and what is closed the server does not follow: asking opens it again.
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      if (uri.scheme === RESOLVED_SCHEME) answers.delete(uri.toString());
      else refresh(uri);
    }),
  );

  return {
    async show(pipeline) {
      const document = await vscode.workspace.openTextDocument(resolvedUriOf(pipeline));
      if (document.languageId !== LANGUAGE_ID)
        await vscode.languages.setTextDocumentLanguage(document, LANGUAGE_ID);
      await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside });
    },
    resolve,
    dispose: () => subscriptions.dispose(),
  };
}

/** Text in the place of a pipeline that there is not. */
function explanation({ problems }: ResolveAnswer): string {
  const reasons = problems.length === 0 ? ["The text has errors: mend them first."] : problems;
  return ["The pipeline cannot be resolved.", ...reasons].map((line) => `// ${line}\n`).join("");
}

function lensOf({
  line0,
  pipeline,
  path,
  uri,
  originLine0,
}: ResolveAnswer["inherited"][number]): vscode.CodeLens {
  return new vscode.CodeLens(new vscode.Range(line0, 0, line0, 0), {
    title: `inherited from ${pipeline} (${path})`,
    command: "vscode.open",
    arguments: [
      vscode.Uri.parse(uri),
      {
        selection: new vscode.Range(originLine0, 0, originLine0, 0),
      } satisfies vscode.TextDocumentShowOptions,
    ],
  });
}
