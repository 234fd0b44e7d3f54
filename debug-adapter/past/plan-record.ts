import {
  type ComponentDefinition,
  componentDefinitions,
  recordedComponent,
} from "#core/component-definitions";
import { planRun, type RunPlan } from "#core/engine";
import type { JournalEvent, RecordedRun } from "#core/journal";
import { type CatalogEntry, catalogEntry, parsePipeline } from "#core/pipeline";
import type { Json } from "#core/ports";
import { adapterErrors } from "../adapter-error.ts";

/** A recorded run, planned from what its record has and nothing else: no file, no key, no component of a project's own. */
export interface PlannedRecord {
  readonly plan: RunPlan;
  readonly definitions: ReadonlyMap<string, ComponentDefinition>;
  readonly begun: Extract<JournalEvent, { kind: "run-started" }>;
  /** The texts of its pipelines, by path; the run's own by "" where it has none. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Plans a record so that it can be looked at. Throws {@link adapterErrors.unusableRecord}. */
export function planRecord(recorded: RecordedRun): PlannedRecord {
  const [begun] = recorded.events;
  if (recorded.format === "other")
    throw adapterErrors.unusableRecord(
      `The record cannot be read. ${recorded.problems.at(-1)?.message ?? ""}`,
    );
  const [problem] = recorded.problems;
  if (problem !== undefined)
    throw adapterErrors.unusableRecord(
      `The record is damaged, line ${problem.line1}: ${problem.message} fm show shows what is left of it.`,
    );
  if (begun?.kind !== "run-started")
    throw adapterErrors.unusableRecord("The run had not begun when it stopped: there is nothing to look at.");
  const texts = textsOf(begun, recorded);
  const { path } = begun.pipeline;
  const definitions = definitionsFor(texts);
  const planned = planRun(parsePipeline(texts.get(path ?? "") ?? ""), {
    definitions,
    pipelines: { entries: entriesOf(texts) },
    input: recorded.value(begun.input) ?? null,
    provider: begun.provider,
    isPriced: () => true,
    // None is read: what stands for one in the record has this mark.
    secrets: { mark: begun.secretMark ?? "", look: () => ({ kind: "usable" }) },
    path,
  });
  if (planned.ok) return { plan: planned.plan, definitions, begun, texts };
  throw adapterErrors.unusableRecord(
    `The run cannot be looked at in the debugger: ${planned.problems[0]?.message ?? "its pipeline has errors."} fm show shows it.`,
  );
}

function textsOf(begun: PlannedRecord["begun"], recorded: RecordedRun): ReadonlyMap<string, string> {
  const sources: Json | undefined = begun.sources === undefined ? undefined : recorded.value(begun.sources);
  if (typeof sources !== "object" || sources === null || Array.isArray(sources))
    throw adapterErrors.unusableRecord(
      "The record does not have the pipeline that ran, so that the debugger cannot show it. fm show shows the run.",
    );
  return new Map(
    Object.entries(sources).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

function entriesOf(texts: ReadonlyMap<string, string>): readonly CatalogEntry[] {
  return Array.from(texts, ([path, text]) => (path === "" ? null : catalogEntry(path, text)))
    .filter((entry) => entry !== null)
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** The built-in components, and one in the place of each other that is named: their code is not needed, nor run. */
function definitionsFor(texts: ReadonlyMap<string, string>): ReadonlyMap<string, ComponentDefinition> {
  const definitions = new Map(componentDefinitions);
  for (const text of texts.values()) {
    for (const { componentType } of parsePipeline(text).pipeline.stages) {
      if (componentType !== null && !definitions.has(componentType))
        definitions.set(componentType, recordedComponent(componentType));
    }
  }
  return definitions;
}
