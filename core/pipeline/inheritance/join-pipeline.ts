import type { CatalogEntry, PipelineCatalog } from "../catalog/pipeline-catalog.ts";
import type { Located } from "../json-node.ts";
import type { PipelineDocument, StageIdentities } from "../model.ts";
import type { Problem } from "../problem.ts";
import { fieldNamed } from "../stage/field-reader.ts";
import { findNamed } from "./find-named.ts";
import { inheritanceCode } from "./inheritance-codes.ts";
import { joinWithParent } from "./join-with-parent.ts";
import { fileSource, type PipelineFile, type Source } from "./origin.ts";
import type { InputOf } from "./override-stage.ts";

/** A pipeline joined with all that it extends; what it is composed of is still in `compositions`. */
export interface JoinedPipeline {
  readonly file: PipelineFile;
  readonly source: Source;
  readonly complete: boolean;
  /** What it extends, joined likewise; null where it extends none, or none that can be used. */
  readonly parent: Source | null;
  readonly parents: readonly PipelineFile[];
  readonly problems: readonly Problem[];
}

/** What pipelines are joined by. */
export interface JoinOptions {
  readonly catalog: PipelineCatalog;
  readonly inputOf: InputOf;
}

/** A pipeline that was joined, and with what. */
interface Known {
  readonly parent: Source | null;
  readonly inputOf: InputOf;
  readonly joined: JoinedPipeline;
}

const known = new WeakMap<PipelineDocument, Known>();

/** The last document made of a file whose stages had these ids: the next one reuses its parts. */
const latest = new WeakMap<StageIdentities, PipelineDocument>();

/** Joins a file with its parents. `below` are the files that are being joined with this one, the nearest first. */
export function joinPipeline(
  file: PipelineFile,
  options: JoinOptions,
  below: readonly PipelineFile[],
): JoinedPipeline {
  const { document } = file;
  const reference = document.pipeline.extends;
  const alone = (found: Pick<JoinedPipeline, "complete" | "problems">): JoinedPipeline => ({
    file,
    source: fileSource(file),
    parent: null,
    parents: [],
    ...found,
  });
  // What is being typed is no reason to call the parents wrong.
  if (document.broken) return alone({ complete: false, problems: [] });
  const before = known.get(document);
  if (reference === null) {
    if (before?.parent === null && before.joined.file.path === file.path) return before.joined;
    const joined = alone({ complete: true, problems: overridesOfNothing(document) });
    known.set(document, { parent: null, inputOf: options.inputOf, joined });
    return joined;
  }
  const found = findNamed(options.catalog, file, reference, inheritanceCode.parentNotFound, "extend");
  if (!found.ok) return alone({ complete: false, problems: [found.problem] });
  const chain = [file, ...below];
  const circle = chain.findIndex((each) => isSame(each, found.entry));
  if (circle >= 0)
    return alone({ complete: false, problems: [circular(reference, chain.slice(0, circle + 1))] });
  const parent = joinPipeline(found.entry, options, chain);
  if (!parent.complete) return alone({ complete: false, problems: [unusableParent(reference, parent)] });
  if (
    before?.parent === parent.source &&
    before.inputOf === options.inputOf &&
    before.joined.file.path === file.path
  )
    return before.joined;
  const { identities } = document.tree;
  const { source, problems } = joinWithParent(file, parent.source, options.inputOf, latest.get(identities));
  latest.set(identities, source.document);
  const joined = {
    file,
    source,
    complete: true,
    parent: parent.source,
    parents: [parent.file, ...parent.parents],
    problems,
  };
  known.set(document, { parent: parent.source, inputOf: options.inputOf, joined });
  return joined;
}

function isSame(file: PipelineFile, entry: CatalogEntry): boolean {
  return file.document === entry.document || file.path === entry.path;
}

/** `circle` are the files from the one that closes it down to the one that it leads back to. */
function circular({ span }: Located<string>, circle: readonly PipelineFile[]): Problem {
  const names = circle.map(nameOf).toReversed();
  const [first = ""] = names;
  return {
    code: inheritanceCode.circularInheritance,
    severity: "error",
    message: `No pipeline can extend itself: ${[...names, first].join(" -> ")}. Let one of them extend another pipeline, or none.`,
    span,
  };
}

function unusableParent({ span, value }: Located<string>, parent: JoinedPipeline): Problem {
  const { file } = parent;
  const [cause] = parent.problems;
  const syntax = file.document.problems.find(({ severity }) => severity === "error");
  const within = cause ?? syntax;
  const message =
    cause === undefined
      ? `The pipeline "${value}" (${file.path ?? ""}) cannot be read. Mend its text first.`
      : cause.code === inheritanceCode.circularInheritance
        ? cause.message
        : `The pipeline "${value}" (${file.path ?? ""}) cannot be extended, since its own parent is missing. ${cause.message}`;
  return {
    code: cause?.code ?? inheritanceCode.brokenParent,
    severity: cause?.severity ?? "error",
    message,
    span,
    ...(within === undefined || file.path === null
      ? {}
      : { related: [{ message: within.message, span: within.span, path: file.path }] }),
  };
}

function overridesOfNothing({ pipeline }: PipelineDocument): readonly Problem[] {
  const field = fieldNamed(pipeline.fields, "overrides");
  if (field === undefined || pipeline.overrides.length === 0) return [];
  return [
    {
      code: inheritanceCode.orphanOverrides,
      severity: "warning",
      message:
        '"overrides" changes stages of a parent, and this pipeline extends none, so it does nothing. Add "extends", or remove it.',
      span: field.keySpan,
    },
  ];
}

function nameOf({ path, document }: PipelineFile): string {
  return document.pipeline.name?.value ?? path ?? "";
}
