import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { AttemptCache, CacheIngredients, Json, StageAttempt } from "#core/ports";
import type { KeyedHash } from "./cache-key.ts";
import type { StageCacheSources } from "./cache-sources.ts";
import { isNamedBy, matchingFiles } from "./matching-files.ts";

/** What the layout of entries is, and what they hold: another one finds none of them. */
export const cacheFormat = 1;

/** Files that may count for one stage. */
const mostFiles = 1000;

/** Inputs that say which model answers, which are an ingredient of their own. */
const MODEL_INPUTS: ReadonlySet<string> = new Set(["provider", "model", "temperature", "max_tokens"]);

/** What there is of a stage to make a key of. */
export type FoundIngredients =
  | {
      readonly ok: true;
      readonly ingredients: CacheIngredients;
      /** Patterns of `files` that name none. */
      readonly without: readonly string[];
    }
  | { readonly ok: false; readonly reason: string };

/** Hashes everything that counts for an attempt, each under its name. Rejects where a file cannot be read. */
export async function ingredientsOf(
  attempt: StageAttempt,
  cache: AttemptCache,
  sources: StageCacheSources,
  hash: KeyedHash,
): Promise<FoundIngredients> {
  const { component, inputs, scope, model, secrets } = attempt;
  const found: [string, string][] = [];
  const add = (name: string, ...parts: readonly (string | Uint8Array)[]): void => {
    found.push([name, hash.short(name, ...parts)]);
  };
  const addJson = (name: string, value: Json): void => add(name, told(value, sources));

  add("format", String(cacheFormat));
  add("component", component.type, component.version);
  const code = await sources.code(component.type);
  if (code !== null) add("code", code);
  for (const [name, value] of Object.entries(inputs)) {
    const counts = cache.inputs === null || cache.inputs.includes(name);
    if (counts && !(model !== null && MODEL_INPUTS.has(name))) addJson(`input:${name}`, value);
  }
  for (const [name, value] of Object.entries(scope.values)) addJson(`name:${name}`, value);
  for (const [id, outcome] of Object.entries(scope.stages)) addJson(`stage:${id}`, outcome);
  if (model !== null) {
    const { provider, ...settings } = model;
    add("provider", provider, sources.provider(provider));
    addJson("model", settings);
  }
  for (const { name, source, use } of secrets)
    if (use === "read") add(`secret:${name}`, (await sources.secrets.get(source)) ?? "");
  for (const name of cache.env) {
    const value = Object.hasOwn(sources.env, name) ? sources.env[name] : undefined;
    add(`env:${name}`, value === undefined ? "unset" : "set", value ?? "");
  }
  // What is kept has only the files that were named then.
  if (cache.outputs.length > 0) add("outputs", JSON.stringify(cache.outputs.toSorted()));
  const { paths, without } = await matchingFiles(sources.root, cache.files);
  // What it writes is not what it reads: else it would never find what it kept.
  const read = paths.filter((path) => !isNamedBy(cache.outputs, path));
  if (read.length > mostFiles) {
    const reason = `its "files" name ${read.length} files, and at most ${mostFiles} can count. Narrow the patterns`;
    return { ok: false, reason };
  }
  for (const path of read) add(`file:${path}`, await contentOf(join(sources.root, path)));
  return { ok: true, ingredients: Object.fromEntries(found), without };
}

/** A value as it counts: a secret by where it is kept, since the mark is another one in each run. */
function told(value: Json, { redactor }: StageCacheSources): string {
  return JSON.stringify(redactor.value(value)).replaceAll(redactor.mark, "");
}

async function contentOf(path: string): Promise<Uint8Array> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest();
}
