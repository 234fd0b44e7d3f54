import type { PipelineDocument } from "../model.ts";
import type { Problem } from "../problem.ts";
import { joinFields } from "./join-fields.ts";
import { joinStages } from "./join-stages.ts";
import { fileSource, type PipelineFile, type Source } from "./origin.ts";
import type { InputOf } from "./override-stage.ts";
import { type Deletions, readOverrides } from "./read-overrides.ts";
import { writeContent } from "./write-content.ts";

/** Joins a file with the pipeline it extends, which is joined with its own parents already. */
export function joinWithParent(
  file: PipelineFile,
  parent: Source,
  inputOf: InputOf,
  previous: PipelineDocument | undefined,
  deletions: Deletions = "gone",
): { readonly source: Source; readonly problems: readonly Problem[] } {
  const child = fileSource(file);
  const { overrides, problems } = readOverrides(child, parent.document, deletions);
  const stages = joinStages(parent, child, overrides, inputOf);
  return { source: writeContent(joinFields(parent, child, stages), file, previous), problems };
}
