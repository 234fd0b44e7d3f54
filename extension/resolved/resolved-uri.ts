import * as vscode from "vscode";
import { RESOLVED_SCHEME } from "../identifiers.ts";

/** The address of the read-only document that shows what the pipeline is resolved to. */
export function resolvedUriOf(pipeline: vscode.Uri): vscode.Uri {
  if (pipeline.scheme === RESOLVED_SCHEME) return pipeline;
  const path = pipeline.path.replace(/(?:\.pipeline)?\.json$/, "");
  return vscode.Uri.from({
    scheme: RESOLVED_SCHEME,
    path: `${path} (resolved).pipeline.json`,
    query: pipeline.toString(),
  });
}

/** The pipeline that such a document shows. */
export function sourceOf(resolved: vscode.Uri): vscode.Uri {
  return vscode.Uri.parse(resolved.query, true);
}
