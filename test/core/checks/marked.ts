import { checkPipeline, type RuleName, ruleOf } from "#core/checks";
import { builtInProject, type Project } from "#core/component-definitions";
import { type Problem, parsePipeline } from "#core/pipeline";

/** A text whose ranges in question are between ⟦ and ⟧, without these marks and with the ranges. */
export interface Marked {
  readonly text: string;
  readonly spans: readonly { readonly start: number; readonly end: number }[];
}

/** Takes the marks out of a text. */
export function marked(source: string): Marked {
  const spans: { start: number; end: number }[] = [];
  let text = "";
  for (const part of source.split(/(⟦[^⟧]*⟧)/)) {
    const start = text.length;
    text += part.startsWith("⟦") ? part.slice(1, -1) : part;
    if (part.startsWith("⟦")) spans.push({ start, end: text.length });
  }
  return { text, spans };
}

/** The problems of a text, read for the first time. */
export function problemsOf(
  text: string,
  project: Project = builtInProject,
  path: string | null = null,
): readonly Problem[] {
  return checkPipeline(parsePipeline(text), { project, path }).problems;
}

/** The problems of a text that is the only file of its project. */
export function problemsInProject(text: string): readonly Problem[] {
  const document = parsePipeline(text);
  const path = "pipelines/a.pipeline.json";
  const project = { ...builtInProject, pipelines: { entries: [{ path, document }] } };
  return checkPipeline(document, { project, path }).problems;
}

/** The name of the rule that found a problem. */
export function ruleNameOf({ code }: Problem): RuleName {
  const rule = ruleOf(code);
  if (rule === undefined) throw new Error(`No rule has the code ${code}.`);
  return rule.name;
}

/** The problems of one rule, and of the marked text the marked ranges: equal when the check is right. */
export function compare(
  source: string,
  rule: RuleName,
): { readonly found: unknown; readonly expected: unknown } {
  const { text, spans } = marked(source);
  const found = problemsOf(text).filter((problem) => ruleNameOf(problem) === rule);
  return { found: found.map(({ span }) => span), expected: spans };
}

/** The project that the examples of a documentation are in: its blocks that have the name of a file. */
export function documentedProject(docs: string): Project {
  const files = docs.matchAll(/```jsonc (\S+\.json)\n([^]*?)\n```/g);
  const entries = Array.from(files, ([, path = "", text = ""]) => ({ path, document: parsePipeline(text) }));
  return { ...builtInProject, pipelines: { entries } };
}
