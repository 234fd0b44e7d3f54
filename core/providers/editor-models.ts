import type { ModelPort } from "#core/ports";
import { EDITOR_PROVIDER } from "./known-providers.ts";

/** What stands between a run and the models of VS Code. */
export type EditorAccess = "answers" | "not-started-by-it" | "client-cannot";

const advice =
  "or give the stage another provider, such as with --provider (in a launch configuration: provider). offline needs no key.";

const refusals = {
  "not-started-by-it": `Provider "${EDITOR_PROVIDER}" stands for the models that VS Code itself offers, and VS Code did not start this run. Run the pipeline from VS Code (F5), ${advice}`,
  "client-cannot": `Provider "${EDITOR_PROVIDER}" stands for the models that VS Code itself offers, and the client of this debug session does not say that it answers for them ("modelRequests": 1 in the launch request; docs/models.md). Run the pipeline from VS Code with a current FlowMason extension, ${advice}`,
} as const;

/** The providers that a run cannot use, each with why and what to do: so that it is refused before any stage has run. */
export function editorAccess(access: EditorAccess): ReadonlyMap<string, string> {
  return access === "answers" ? new Map() : new Map([[EDITOR_PROVIDER, refusals[access]]]);
}

/** Where the editor does not answer: what an expression names comes up only when it is asked. */
export function withoutEditor(access: Exclude<EditorAccess, "answers">): ModelPort {
  const failure = {
    type: "VALIDATION",
    message: refusals[access],
    recoverable: false,
    field: "provider",
  } as const;
  return { generate: () => Promise.resolve({ ok: false, failure }) };
}
