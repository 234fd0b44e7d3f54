import { type Reference, references } from "#core/expressions";
import { type DeclaredSecret, readSecrets, type Span } from "#core/pipeline";
import { whereSecretIs } from "#core/secrets";
import type { Draft } from "./draft.ts";
import type { StagePlan } from "./run-plan.ts";
import { workOf } from "./work-of.ts";

/** Where a run's secrets come from, and what its markers have in them (docs/secrets.md). */
export interface SecretSource {
  /** A text that nobody outside the run can know. */
  readonly mark: string;
  /** What the run must not tell either, whatever its pipelines name: keys of providers. */
  readonly keys?: readonly string[];
  /** Whether there is such a secret, and if not, what to do; nothing of it is told. */
  look(
    source: string,
  ):
    | { readonly kind: "usable" }
    | { readonly kind: "missing"; readonly advice: string }
    | { readonly kind: "too-short" };
}

/** The secrets of a run while its pipelines are compiled. */
export interface SecretsContext {
  readonly source: SecretSource | undefined;
  /** What is known of by now, of all pipelines of the run. */
  readonly sources: Set<string>;
}

/** A secret that a stage may read. */
export interface PlannedSecret {
  /** What expressions call it. */
  readonly name: string;
  /** Where it is kept: the environment variable, or `vault/path#field`. */
  readonly source: string;
  readonly isRequired: boolean;
  /** Whether it has no value and may have none: expressions see null then. */
  readonly isAbsent: boolean;
}

/** A reason not to run: of a stage, or of what the pipeline declares at the span. */
export type SecretFault =
  | { readonly stage: string; readonly message: string }
  | { readonly stage: null; readonly span: Span; readonly message: string };

/** Finds the secrets of each stage, gives them to it, and says what stands in the way of a run. */
export function planSecrets(
  pipelineSecrets: readonly DeclaredSecret[],
  drafts: readonly Draft[],
  context: SecretsContext,
): readonly SecretFault[] {
  const faults: SecretFault[] = [];
  const needed = new Map<
    string,
    | { readonly secret: DeclaredSecret; readonly stage: null }
    | { readonly secret: DeclaredSecret | Named; readonly stage: string }
  >();
  for (const secret of pipelineSecrets) needed.set(secret.source, { secret, stage: null });
  for (const draft of drafts) {
    const own = readSecrets(draft.source.fields).declared.map(
      (secret) =>
        (secret.isNameOnly ? pipelineSecrets.find(({ name }) => name === secret.name) : null) ?? secret,
    );
    // The legs of a matrix are drafts too, of the same stage.
    const work = workOf(draft) as Draft;
    const named = new Set([...namesIn(draft), ...namesIn(work)]);
    if (own.length === 0 && named.size === 0) continue;
    const declared = new Map([...pipelineSecrets, ...own].map((secret) => [secret.name, secret]));
    const wanted = new Map<string, DeclaredSecret | Named>(own.map((secret) => [secret.name, secret]));
    for (const name of named) {
      const secret = declared.get(name);
      if (secret !== undefined) wanted.set(name, secret);
      else if (declared.size === 0) wanted.set(name, { name, source: name, isRequired: true });
      else faults.push({ stage: draft.id, message: undeclared(name, [...declared.keys()]) });
    }
    for (const secret of wanted.values())
      if (!needed.has(secret.source)) needed.set(secret.source, { secret, stage: draft.id });
    draft.secrets = [...wanted.values()].map(({ name, source, isRequired }) => ({
      name,
      source,
      isRequired,
      isAbsent: !isRequired && context.source?.look(source).kind === "missing",
    }));
    work.secrets = draft.secrets;
  }
  for (const [source, need] of needed) {
    context.sources.add(source);
    const message = unusable(need.secret, context.source);
    if (message === null) continue;
    if (need.stage === null) faults.push({ stage: null, span: need.secret.span, message });
    else faults.push({ stage: need.stage, message });
  }
  return faults;
}

type Named = Pick<DeclaredSecret, "name" | "source" | "isRequired">;

/** The secrets that a stage's expressions name. */
function namesIn({ inputs, addedOutputs, approval, when }: StagePlan): ReadonlySet<string> {
  const all: readonly Reference[] = [
    ...inputs.references,
    ...inputs.deferred,
    ...(addedOutputs?.references ?? []),
    ...(approval?.inputs.references ?? []),
    ...(when === null ? [] : references(when.condition)),
  ];
  const names = new Set<string>();
  for (const { root, path } of all) if (root === "secrets" && typeof path[0] === "string") names.add(path[0]);
  return names;
}

/** What the check `undeclared-secret` says too. */
export function undeclared(name: string, declared: readonly string[]): string {
  return `No secret "${name}" is declared. Add it to "secrets", which has ${declared.join(", ")}.`;
}

function unusable({ name, source, isRequired }: Named, secrets: SecretSource | undefined): string | null {
  if (secrets === undefined) return `The secret "${name}" cannot be given to this run.`;
  const found = secrets.look(source);
  switch (found.kind) {
    case "usable":
      return null;
    case "missing":
      return isRequired ? `The secret "${name}" has no value. ${found.advice}` : null;
    case "too-short":
      return `The value of the secret "${name}" (${whereSecretIs(source)}) is too short to be kept out of the run's record. Use a longer one.`;
  }
}
