import type {
  AttemptCache,
  AttemptEvent,
  AttemptSteps,
  CacheIngredients,
  CacheOutcome,
  Executor,
  Json,
  StageAttempt,
} from "#core/ports";
import { recordedSources, SecretUnavailable } from "#core/secrets";
import { RunStoreError } from "../runs/run-store-error.ts";
import type { EntryBody } from "./cache-entry.ts";
import type { StageCacheSources } from "./cache-sources.ts";
import { type EntryStore, readEntry, writeEntry } from "./entry-store.ts";
import { ingredientsOf } from "./ingredients.ts";
import { collectFiles, restoreFiles, tooLarge } from "./output-files.ts";

type Emit = (event: AttemptEvent) => void;
type Succeeded = Extract<AttemptEvent, { kind: "succeeded" }>;

/**
 * The executor behind a cache: an attempt whose stage declares one takes the output that it had when nothing that counts
 * was different, and the component does not run. Else it runs, and a success is kept. What goes wrong with the cache
 * is told and never fails a stage.
 */
export function cachingExecutor(
  inner: Executor,
  sources: StageCacheSources,
  open: () => Promise<EntryStore>,
  onStored: () => void,
): Executor {
  return {
    run(attempt, emit, signal, steps) {
      const { cache } = attempt;
      if (cache === null) return inner.run(attempt, emit, signal, steps);
      return runCached(inner, { attempt, cache, sources, open, onStored, steps }, emit, signal);
    },
  };
}

interface Work {
  readonly attempt: StageAttempt;
  readonly cache: AttemptCache;
  readonly sources: StageCacheSources;
  readonly open: () => Promise<EntryStore>;
  readonly onStored: () => void;
  readonly steps: AttemptSteps | undefined;
}

async function runCached(inner: Executor, work: Work, emit: Emit, signal: AbortSignal): Promise<void> {
  const tell = (outcome: CacheOutcome): void => emit({ kind: "cache", outcome });
  const warn = (message: string): void => emit({ kind: "log", level: "warning", message });
  const asked = await unlessRefused(() => lookUp(work));
  if (!asked.ok) {
    tell({ kind: "not-stored", reason: asked.reason });
    warn(`The cache is not used: ${asked.reason}.`);
    return inner.run(work.attempt, emit, signal, work.steps);
  }
  const { store, key, ingredients, found, without } = asked.value;
  for (const pattern of without) warn(`No file is "${pattern}" of the "files" of its cache.`);
  const { group } = work.cache;
  if (found.kind === "found") {
    const { storedAt, run: storedBy } = found.head;
    tell({ kind: "hit", key, group, ingredients, storedBy, storedAt });
    return emit({ kind: "succeeded", output: found.body.output });
  }
  tell({ kind: "miss", key, group, ingredients, why: found.kind });
  if (found.kind === "damaged")
    warn("What the cache had for it is damaged, and was removed. The stage runs instead.");
  const ends: Succeeded[] = [];
  const hear: Emit = (event) => {
    if (event.kind === "succeeded") ends.push(event);
    else emit(event);
  };
  await inner.run(work.attempt, hear, signal, work.steps);
  const [end] = ends;
  if (end === undefined) return;
  if (!signal.aborted) {
    const kept = await unlessRefused(() => keep(work, store, key, ingredients, end));
    const outcome: CacheOutcome = kept.ok ? kept.value : { kind: "not-stored", reason: kept.reason };
    tell(outcome);
    if (outcome.kind === "stored") work.onStored();
    else if (outcome.kind === "not-stored") warn(`The cache keeps nothing of it: ${outcome.reason}.`);
  }
  emit(end);
}

/** What is under the key of an attempt, its files put in their places. */
async function lookUp({ attempt, cache, sources, open }: Work): Promise<LookedUp> {
  const store = await open();
  const named = await ingredientsOf(attempt, cache, sources, store.hash);
  if (!named.ok) throw new CacheRefusal(named.reason);
  const { ingredients, without } = named;
  const key = store.hash.short(
    "entry",
    cache.group,
    JSON.stringify(
      Object.keys(ingredients)
        .toSorted()
        .map((name) => [name, ingredients[name] ?? ""]),
    ),
  );
  const found = await readEntry(store, cache.group, key, Date.now());
  if (found.kind !== "found") return { store, key, ingredients, found, without };
  const failed = await restoreFiles(sources, cache.outputs, found.body.files);
  if (failed !== null) throw new CacheRefusal(failed.refused);
  return { store, key, ingredients, found, without };
}

interface LookedUp {
  readonly store: EntryStore;
  readonly key: string;
  readonly ingredients: CacheIngredients;
  readonly found: Awaited<ReturnType<typeof readEntry>>;
  readonly without: readonly string[];
}

async function keep(
  { attempt, cache, sources }: Work,
  store: EntryStore,
  key: string,
  ingredients: CacheIngredients,
  { output, directive }: Succeeded,
): Promise<CacheOutcome> {
  if (directive !== undefined) return { kind: "not-stored", reason: "it does more than to give an output" };
  const collected = await collectFiles(sources, cache.outputs);
  if (!collected.ok) return { kind: "not-stored", reason: collected.reason };
  const body = { output, files: collected.files };
  const secret = secretIn(body, sources);
  if (secret !== null) return { kind: "not-stored", reason: secret };
  const storedAt = Date.now();
  const expiresAt = cache.retentionMs === null ? null : storedAt + cache.retentionMs;
  const head = { key, group: cache.group, ingredients, run: attempt.runId, storedAt, expiresAt };
  const bytes = await writeEntry(store, head, body);
  return bytes === null ? { kind: "not-stored", reason: tooLarge } : { kind: "stored", key, bytes };
}

/** Why what has a secret in it is not written down; null where it has none. */
function secretIn({ output, files }: EntryBody, { redactor }: StageCacheSources): string | null {
  const hidden: Json = redactor.value(output);
  const [source] = recordedSources(hidden, redactor.mark);
  if (source !== undefined || hidden !== output) return `its output has the secret ${source ?? ""} in it`;
  for (const { path, content } of files) {
    if (redactor.text(path) !== path) return "the name of one of its files has a secret in it";
    const text = Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString("utf8");
    if (redactor.text(text) !== text || text.includes(redactor.mark))
      return `its file ${path} has a secret in it`;
  }
  return null;
}

/** Something about the cache is not as it must be: the stage runs without. */
class CacheRefusal extends Error {}

/** What work on the cache gives, or why it cannot be done; what is none of the world's doing is thrown on. */
async function unlessRefused<T>(
  work: () => Promise<T>,
): Promise<{ readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string }> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    const isKnown =
      error instanceof CacheRefusal || error instanceof RunStoreError || error instanceof SecretUnavailable;
    if (!isKnown && !(error instanceof Error && "code" in error)) throw error;
    return { ok: false, reason: error.message.replace(/\.$/, "") };
  }
}
