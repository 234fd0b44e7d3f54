import { lineIndex, listOrigins, type ResolvedPipeline } from "#core/pipeline";

/** The resolved text, with a comment on each line whose first value is written in another file: it stays a pipeline. */
export function withOrigins(resolved: ResolvedPipeline): string {
  const { text } = resolved.document;
  const lines = text.trimEnd().split("\n");
  const index = lineIndex(text);
  const inFile = new Map(
    [resolved.file, ...resolved.parents].map(({ document }) => [document, lineIndex(document.text)]),
  );
  const comments = new Map<number, string>();
  for (const { span, origin } of listOrigins(resolved)) {
    const line = index.positionAt(span.start).line0;
    if (comments.has(line)) continue;
    const { path, document } = origin.file;
    const line0 = inFile.get(document)?.positionAt(origin.span.start).line0 ?? 0;
    comments.set(line, origin.file === resolved.file ? "" : ` // ${path ?? ""}:${line0 + 1}`);
  }
  return `${lines.map((line, number) => line + (comments.get(number) ?? "")).join("\n")}\n`;
}
