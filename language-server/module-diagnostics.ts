import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Diagnostic } from "vscode-languageserver";
import { lineIndex } from "#core/pipeline";
import type { OwnComponents } from "#host";
import { diagnosticsOf } from "./diagnostics-of.ts";

/** Shows the problems of modules of components, each in its own file. */
export interface ModuleDiagnostics {
  /** Takes the place of what was shown of that project before. */
  show(root: string, own: OwnComponents): void;
}

/** Shows them by `publish`; files whose problems are gone are told of too. */
export function moduleDiagnostics(
  publish: (uri: string, diagnostics: Diagnostic[]) => void,
): ModuleDiagnostics {
  const shown = new Map<string, readonly string[]>();
  return {
    show(root, { modules }) {
      const before = shown.get(root) ?? [];
      const now = new Map<string, Diagnostic[]>();
      for (const { path, text, problems } of modules) {
        if (problems.length === 0) continue;
        const lines = lineIndex(text);
        const diagnostics = diagnosticsOf(problems, lines, { docs: null, locate: null });
        now.set(pathToFileURL(join(root, path)).href, diagnostics);
      }
      for (const uri of before) if (!now.has(uri)) publish(uri, []);
      for (const [uri, diagnostics] of now) publish(uri, diagnostics);
      shown.set(root, [...now.keys()]);
    },
  };
}
