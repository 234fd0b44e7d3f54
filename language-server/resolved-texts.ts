import { resolveInProject } from "#core/component-definitions";
import { type PipelineDocument, type ResolvedPipeline, stageSpan } from "#core/pipeline";
import type { ResolveAnswer } from "#protocol";
import { linesOf } from "./lines-of.ts";
import type { PlacedProject } from "./placed-project.ts";
import { waitingAnswers } from "./waiting-answers.ts";

/** What texts are resolved to, for those who show it. */
export interface ResolvedTexts {
  /** What a text is resolved to when it is looked at next. */
  next(uri: string): Promise<ResolveAnswer>;
  /** A text was looked at. */
  checked(uri: string, document: PipelineDocument, project: PlacedProject): void;
  closed(uri: string): void;
}

/** `changed` hears of each text that was asked for, when it would be resolved to something else than was told. */
export function createResolvedTexts(changed: (uri: string) => void): ResolvedTexts {
  const waiting = waitingAnswers<ResolveAnswer>();
  const told = new Map<string, ResolvedPipeline>();

  return {
    next: waiting.next,
    checked(uri, document, placed) {
      const before = told.get(uri);
      if (!waiting.isAsked(uri) && before === undefined) return;
      const resolved = resolveInProject(document, placed.project, placed.path);
      if (waiting.isAsked(uri)) {
        told.set(uri, resolved);
        waiting.answer(uri, answerOf(resolved, placed));
      } else if (before !== resolved) changed(uri);
    },
    closed(uri) {
      told.delete(uri);
      waiting.answer(uri, nothing);
    },
  };
}

const nothing: ResolveAnswer = { text: null, problems: [], inherited: [] };

function answerOf(resolved: ResolvedPipeline, { uriOf }: PlacedProject): ResolveAnswer {
  const { document, file, complete } = resolved;
  const problems = resolved.problems.map(({ message }) => message);
  if (!complete || file.document.broken) return { ...nothing, problems };
  const lines = linesOf(document);
  const inherited = document.pipeline.stages.flatMap((stage) => {
    const span = stageSpan(document, stage);
    const origin = resolved.originOf(span);
    const { path } = origin.file;
    if (origin.file === file || path === null) return [];
    const { line0: originLine0 } = linesOf(origin.file.document).positionAt(origin.span.start);
    const pipeline = origin.file.document.pipeline.name?.value ?? path;
    const { line0 } = lines.positionAt(span.start);
    return [{ line0, stage: stage.id, pipeline, path, uri: uriOf(path), originLine0 }];
  });
  return { text: document.text, problems, inherited };
}
