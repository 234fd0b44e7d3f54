import { type FoundPipeline, findPipeline, splitReference } from "./find-pipeline.ts";
import type { PipelineCatalog } from "./pipeline-catalog.ts";

/** What a stage says of the pipeline it calls. */
export interface PipelineReference {
  /** A name, an id or a path, with a range of versions after an `@` if need be. */
  readonly pipeline: string;
  /** The range of `pipeline_version`. */
  readonly version: string | null;
}

/** What it leads to from the file at `from`. `pipeline_version` counts where both name a version. */
export function findReference(
  catalog: PipelineCatalog,
  { pipeline, version }: PipelineReference,
  from: string | null,
): FoundPipeline {
  if (version === null) return findPipeline(catalog, pipeline, from);
  if (!pipeline.endsWith(".json"))
    return findPipeline(catalog, `${splitReference(pipeline).name}@${version}`, from);
  const found = findPipeline(catalog, pipeline, from);
  if (found.kind !== "found") return found;
  // A path names one file; that must be of the version then.
  const { name, id } = found.entry.document.pipeline;
  return findPipeline({ entries: [found.entry] }, `${name?.value ?? id?.value ?? ""}@${version}`, null);
}

/** Why nothing can be called by this reference, and what to do. */
export function describeMissing(
  reference: PipelineReference,
  found: Exclude<FoundPipeline, { kind: "found" }>,
): string {
  const name = reference.pipeline;
  switch (found.kind) {
    case "missing": {
      const meant = found.nearest === null ? "" : ` Did you mean "${found.nearest}"?`;
      return `There is no pipeline "${name}" in the project.${meant} Write its name, its id, or the path of its file in pipeline_id.`;
    }
    case "no-version":
      return `No version of the pipeline "${splitReference(name).name}" is in the range ${reference.version ?? splitReference(name).range ?? ""}: there is ${found.versions.join(", ")}. Correct the version.`;
    case "bad-range":
      return `"${found.range}" is no range of versions for the pipeline "${splitReference(name).name}". Write one like 1.2.0, ^1.0.0 or 1.x.`;
    case "ambiguous":
      return `More than one file is the pipeline "${name}" in the same version: ${found.paths.join(", ")}. Write the path of the one you mean in pipeline_id.`;
  }
}
