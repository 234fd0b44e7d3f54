import * as vscode from "vscode";
import type { KeptSource } from "#protocol";
import { type ComparedSource, documentSource, revisionSource } from "./compared-source.ts";

/** What a source is kept as. */
export function keptSource(source: ComparedSource): KeptSource {
  switch (source.kind) {
    case "document":
      return { kind: "document", uri: source.uri.toString() };
    case "revision":
      return { kind: "revision", file: source.file.toString(), revision: source.revision };
    case "text":
      return { kind: "text", name: source.name, text: source.text };
  }
}

/** The source that was kept. */
export function sourceKept(kept: KeptSource): ComparedSource {
  switch (kept.kind) {
    case "document":
      return documentSource(vscode.Uri.parse(kept.uri, true));
    case "revision":
      return revisionSource(vscode.Uri.parse(kept.file, true), kept.revision);
    case "text":
      return kept;
  }
}
