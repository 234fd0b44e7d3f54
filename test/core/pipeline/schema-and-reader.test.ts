import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parsePipeline, pipelineAliases, pipelineSchema, stageAliases } from "#core/pipeline";

const folder = join(import.meta.dirname, "../../../core/pipeline");

/** Names that the source asks a stage's, or the pipeline's, own fields for. */
function namesAskedFor(paths: readonly string[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const path of paths) {
    const source = readFileSync(join(folder, path), "utf8");
    for (const call of source.matchAll(
      /(?:fieldNamed|writtenField)\((?:node\.properties|fields|stage\.fields),([^)]*)\)/g,
    )) {
      for (const [, name = ""] of (call[1] ?? "").matchAll(/"([\w$]+)"/g)) names.add(name);
    }
  }
  return names;
}

/** What is inside retry and the like is not the stage's. */
const stageReader = readdirSync(join(folder, "stage")).map((name) => `stage/${name}`);
const shape = pipelineSchema().shape;
const stageShape = shape.stages.element.shape;

/** Read, and in canonical form said by another field. */
const gone: ReadonlySet<string> = new Set(
  [...stageAliases.keys(), "skip_if", "error_handling"].filter((name) => !Object.hasOwn(stageShape, name)),
);

/** Read in the objects that retry, error_handling, approval and secrets are. */
const inner: ReadonlySet<string> = new Set([
  ...["max_retries", "retry_delay", "initial_delay_ms", "max_delay_ms", "backoff_multiplier"],
  ...["message", "prompt", "question", "env", "vault", "required"],
]);

/** Nothing but people and tools read them, or another room than this one does. */
const notReadHere: ReadonlySet<string> = new Set([
  ...["description", "tags", "metadata", "provider", "model"],
  ...["strategy", "cache", "container", "services", "artifacts", "runs_on", "resources"],
]);

test("every field of a stage that is read is in the schema, and the other way round", () => {
  const read = namesAskedFor(stageReader);
  expect(read.size).toBeGreaterThan(15);
  const canonical = [...read].filter((name) => !gone.has(name) && !inner.has(name));
  const written = Object.keys(stageShape).filter((name) => !notReadHere.has(name));
  expect(canonical.toSorted()).toEqual(written.toSorted());
});

test("every field of the pipeline that is read is in the schema", () => {
  const read = namesAskedFor(["document/read-pipeline.ts"]);
  expect(read.size).toBeGreaterThan(10);
  const canonical = [...read].filter((name) => !pipelineAliases.has(name));
  expect(canonical.filter((name) => !Object.hasOwn(shape, name))).toEqual([]);
});

test.each(Object.keys(stageShape).filter((name) => !notReadHere.has(name)))(
  "a stage's %s of a wrong kind is a problem for the reader too",
  (name) => {
    // No field may be a list of an object; `when` may be anything that can be read as an expression, and what
    // secrets and approvals say is for the checks to judge.
    const stage = { id: "a", component_type: "logger", [name]: [{}] };
    const { problems, pipeline } = parsePipeline(JSON.stringify({ name: "p", stages: [stage] }));
    const isRefused = problems.length > 0 || pipeline.stages.length === 0;
    expect(isRefused || ["when", "secrets", "approval"].includes(name)).toBe(true);
    expect(pipelineSchema().safeParse({ name: "p", stages: [stage] }).success).toBe(false);
  },
);
