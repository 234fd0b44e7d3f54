import { findPipeline } from "../catalog/find-pipeline.ts";
import type { CatalogEntry, PipelineCatalog } from "../catalog/pipeline-catalog.ts";
import type { Located } from "../json-node.ts";
import type { Problem } from "../problem.ts";
import { inheritanceCode } from "./inheritance-codes.ts";
import type { PipelineFile } from "./origin.ts";

/** The pipeline that a reference leads to, or why there is none: a problem at the reference. */
export type NamedPipeline =
  | { readonly ok: true; readonly entry: CatalogEntry }
  | { readonly ok: false; readonly problem: Problem };

/** Finds a pipeline that a file names; `purpose` is what it is wanted for, as a verb. */
export function findNamed(
  catalog: PipelineCatalog,
  file: PipelineFile,
  { value, span }: Located<string>,
  code: string,
  purpose: string,
): NamedPipeline {
  const problem = (message: string): NamedPipeline => ({
    ok: false,
    problem: { code, severity: "error", message, span },
  });
  const found = findPipeline(catalog, value, file.path);
  switch (found.kind) {
    case "found":
      return { ok: true, entry: found.entry };
    case "missing":
      if (file.path === null && catalog.entries.length === 0) {
        return {
          ok: false,
          problem: {
            code: inheritanceCode.noProject,
            severity: "warning",
            message: `This text is in no project, so the pipeline "${value}" cannot be looked for, and what comes from it is not checked. Save it in a folder.`,
            span,
          },
        };
      }
      return problem(
        `There is no pipeline "${value}" to ${purpose} in this project.${found.nearest === null ? " Name another one by its name, as name@range, or by the path of its file." : ` Did you mean "${found.nearest}"?`}`,
      );
    case "no-version":
      return problem(
        `No pipeline "${value}" is in this project: there ${found.versions.length === 1 ? "is version" : "are versions"} ${found.versions.join(", ")}.`,
      );
    case "bad-range":
      return problem(`"${found.range}" is no range of versions. Write one such as ^1.0.0, ~1.2 or 1.x.`);
    case "ambiguous":
      return problem(
        `More than one file is the pipeline "${value}": ${found.paths.join(", ")}. Give them versions of their own, or name the file.`,
      );
  }
}
