import {
  absoluteSpan,
  type JsonValue,
  lineIndex,
  type PipelineCatalog,
  parsePipeline,
  type ResolvedPipeline,
  resolvePipeline,
  stageById,
} from "#core/pipeline";

/** A project of these files; the text of each is JSON, or an object to be written as such. */
export function catalogOf(files: Readonly<Record<string, object | string>>): PipelineCatalog {
  return {
    entries: Object.entries(files).map(([path, content]) => ({
      path,
      document: parsePipeline(typeof content === "string" ? content : JSON.stringify(content, null, 2)),
    })),
  };
}

/** Resolves the file at `path` of such a project. */
export function resolve(path: string, files: Readonly<Record<string, object | string>>): ResolvedPipeline {
  const catalog = catalogOf(files);
  const entry = catalog.entries.find((each) => each.path === path);
  if (entry === undefined) throw new Error(`There is no ${path}.`);
  return resolvePipeline(entry.document, { catalog, path });
}

/** The resolved pipeline as JSON. */
export function jsonOf({
  document: { text },
}: ResolvedPipeline): JsonValue & { readonly [key: string]: JsonValue } {
  return JSON.parse(text);
}

/** Where a stage counts as written: `file:line`, lines from 1. */
export function placeOf(resolved: ResolvedPipeline, id: string): string {
  const { document } = resolved;
  const stage = stageById(document, id);
  if (stage === undefined) throw new Error(`There is no stage ${id}.`);
  const { file, span } = resolved.originOf(absoluteSpan(document, stage, stage.span));
  return `${file.path}:${lineIndex(file.document.text).positionAt(span.start).line0 + 1}`;
}

/** The problems as `code text-at-its-place`. */
export function problemsIn({ file, problems }: ResolvedPipeline): readonly string[] {
  return problems.map(({ code, span }) => `${code} ${file.document.text.slice(span.start, span.end)}`);
}
