import { type Project, resolveInProject } from "#core/component-definitions";
import {
  type Origin,
  type PipelineFile,
  type Problem,
  placeInFile,
  type ResolvedPipeline,
  type Span,
} from "#core/pipeline";

/** What the rules find in a resolved pipeline, at places of its text. */
type FindProblems = (resolved: ResolvedPipeline) => readonly Problem[];

/**
 * The problems of a file that inherits, at places of the file. What is wrong with a parent by itself is told in the
 * parent; what an override, a deletion or a stage left open makes wrong in it, is told here.
 */
export function problemsOfResolved(
  resolved: ResolvedPipeline,
  find: FindProblems,
  project: Project,
): readonly Problem[] {
  const { file } = resolved;
  const problems = [...file.document.problems, ...resolved.problems];
  const told = new Set(problems.map(({ code, span }) => keyOf(code, file, span)));
  const taken = new Set(resolved.problems.map(({ span }) => keyOf("", file, span)));
  for (const problem of [...resolved.document.problems, ...find(resolved)]) {
    const origin = resolved.originOf(problem.span);
    const isOwn = origin.file === file;
    if (!isOwn && isOfParent(problem, origin, resolved, find, project)) continue;
    const placed = placeInFile(problem, resolved);
    const key = keyOf(placed.code, file, placed.span);
    // Reading the file has told what reading it again with its parents tells, and resolving knows better what a
    // composition lacks.
    if (isOwn && (told.has(key) || taken.has(keyOf("", file, placed.span)))) continue;
    told.add(key);
    // A fix is of the text that it was found in.
    problems.push(isOwn ? placed : withoutFix(placed));
  }
  return problems;
}

function withoutFix({ code, severity, message, span, related, stage }: Problem): Problem {
  return {
    code,
    severity,
    message,
    span,
    ...(related === undefined ? {} : { related }),
    ...(stage === undefined ? {} : { stage }),
  };
}

/** Whether the parent has the problem by itself, or it is no more than a hint about what the parent says. */
function isOfParent(
  { code, severity }: Problem,
  { file, span }: Origin,
  resolved: ResolvedPipeline,
  find: FindProblems,
  project: Project,
): boolean {
  if (severity === "information" || severity === "hint") return true;
  const [parent] = resolved.parents;
  if (parent === undefined) return false;
  return ownProblems(resolveInProject(parent.document, project, parent.path), find, project).has(
    keyOf(code, file, span),
  );
}

/** The problems of a pipeline without any child, by code and place. Once for each: it changes with its text and its parents. */
function ownProblems(
  parent: ResolvedPipeline,
  find: FindProblems,
  { definitions }: Project,
): ReadonlySet<string> {
  let ofThese = known.get(definitions);
  if (ofThese === undefined) {
    ofThese = new WeakMap();
    known.set(definitions, ofThese);
  }
  let problems = ofThese.get(parent);
  if (problems === undefined) {
    problems = new Set(
      [...parent.document.problems, ...find(parent)].map(({ code, span }) => {
        const origin = parent.originOf(span);
        return keyOf(code, origin.file, origin.span);
      }),
    );
    ofThese.set(parent, problems);
  }
  return problems;
}

const known = new WeakMap<Project["definitions"], WeakMap<ResolvedPipeline, ReadonlySet<string>>>();

function keyOf(code: string, { path }: PipelineFile, { start, end }: Span): string {
  return `${code} ${start} ${end} ${path ?? ""}`;
}
