import { resolveInProject } from "#core/component-definitions";
import { type PipelineDocument, type PipelineFile, type ResolvedPipeline, stageById } from "#core/pipeline";
import { type Inheritance, noInheritance, type StageOrigin } from "#protocol";
import type { PlacedProject } from "./placed-project.ts";
import { waitingAnswers } from "./waiting-answers.ts";

/** What texts inherit, for those who show it. */
export interface InheritedParents {
  /** What a text inherits when it is looked at next. */
  next(uri: string): Promise<Inheritance>;
  /** A text was looked at. */
  checked(uri: string, document: PipelineDocument, project: PlacedProject): void;
  closed(uri: string): void;
}

/** `changed` hears of each text that was asked for, when it inherits something else than was told. */
export function createInheritedParents(
  changed: (uri: string, inheritance: Inheritance) => void,
): InheritedParents {
  const waiting = waitingAnswers<Inheritance>();
  const told = new Map<string, Told>();

  return {
    next: waiting.next,
    checked(uri, document, placed) {
      const before = told.get(uri);
      if (!waiting.isAsked(uri) && before === undefined) return;
      const now = document.broken ? before : inheritedBy(document, placed, before);
      if (now === before && !waiting.isAsked(uri)) return;
      const known = now ?? { parent: null, inheritance: noInheritance };
      told.set(uri, known);
      if (waiting.isAsked(uri)) waiting.answer(uri, known.inheritance);
      else changed(uri, known.inheritance);
    },
    closed(uri) {
      told.delete(uri);
      waiting.answer(uri, noInheritance);
    },
  };
}

interface Told {
  readonly parent: ResolvedPipeline["parent"];
  readonly inheritance: Inheritance;
}

/** What was told before, where it holds still. */
function inheritedBy(document: PipelineDocument, placed: PlacedProject, before: Told | undefined): Told {
  const resolved = resolveInProject(document, placed.project, placed.path);
  const { parent, parents, complete } = resolved;
  const problems = complete ? [] : resolved.problems.map(({ message }) => message);
  const isSame =
    before?.parent === parent &&
    before.inheritance.problems.length === problems.length &&
    before.inheritance.problems.every((problem, index) => problem === problems[index]);
  if (isSame) return before;
  if (parent === null) return { parent, inheritance: { parent: null, problems } };
  const origins = parent.document.pipeline.stages.flatMap(({ id }) => originsOf(id, parents, placed));
  return { parent, inheritance: { parent: { text: parent.document.text, origins }, problems } };
}

/** The nearest of the files that has the stage, whoever overrides it besides. */
function originsOf(
  stage: string,
  parents: readonly PipelineFile[],
  { uriOf }: PlacedProject,
): readonly StageOrigin[] {
  const file = parents.find(({ document }) => stageById(document, stage) !== undefined);
  if (file === undefined || file.path === null) return [];
  const { path, document } = file;
  return [{ stage, pipeline: document.pipeline.name?.value ?? path, path, uri: uriOf(path) }];
}
