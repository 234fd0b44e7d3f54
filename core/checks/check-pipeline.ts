import { builtInProject, type Project, resolveInProject } from "#core/component-definitions";
import {
  type CatalogEntry,
  type PipelineDocument,
  type Problem,
  placeInFile,
  type Stage,
} from "#core/pipeline";
import type { Finding } from "./finding.ts";
import { type PipelineView, pipelineView } from "./pipeline-view.ts";
import { problemOf } from "./problem-of.ts";
import { problemsOfResolved } from "./problems-of-resolved.ts";
import type { PipelineRule } from "./rule.ts";
import { callRules, nameRules, orderRules, pipelineRules, stageRules } from "./rule-lists.ts";
import type { RuleName } from "./rules.ts";
import { type Severities, withSeverities } from "./severities.ts";
import type { StageFacts } from "./stage-facts.ts";
import { linksOf, type StageLink } from "./stage-links.ts";
import type { StageOrder } from "./stage-order.ts";
import { type Names, namesOf, orderOf } from "./structure.ts";
import { type CheckResult, suppress } from "./suppress.ts";

/** What an abstract pipeline may leave for a child to say. */
const leftOpen: ReadonlySet<RuleName> = new Set(["missing-input", "abstract-stage"]);

/** What is known of a stage for as long as it is not edited, and of its place for as long as that stays. */
interface KnownStage {
  readonly alone: readonly Finding[];
  readonly names: Names;
  /** The loops that it is in, whose items it sees. */
  readonly loops: readonly Stage[];
  readonly named: readonly Finding[];
  readonly links: readonly StageLink[];
  order: StageOrder | null;
  /** All that was found, what the order rules find included. */
  findings: readonly Finding[];
}

/** What was found out about stages, for each set of components: one that changes changes everything. */
const knownIn = new WeakMap<Project["definitions"], WeakMap<Stage, KnownStage>>();

/** Where a pipeline is, and how its problems are told. */
export interface CheckOptions {
  readonly project?: Project;
  /** The file's, relative to the project's root with `/`; null where it has none. */
  readonly path?: string | null;
  readonly severities?: Severities;
}

/**
 * Every problem of a pipeline in the order of the text: what reading it found, what resolving found, then the rules,
 * which look at the pipeline as it runs, with what it inherits; apart from them what `$ignore` hides. Never throws for
 * a file. After an edit only the changed stage is looked at anew, unless it changes what names mean, or the order.
 */
export function checkPipeline(
  document: PipelineDocument,
  { project = builtInProject, path = null, severities = new Map() }: CheckOptions = {},
): CheckResult {
  const resolved = resolveInProject(document, project, path);
  const found =
    resolved.document === document
      ? [...document.problems, ...resolved.problems, ...problemsByRules(document, project, path, allRules)]
      : problemsOfResolved(
          resolved,
          (each) => problemsByRules(each.document, project, each.file.path, allRules),
          project,
        );
  const { problems, suppressed } = suppress(document, found);
  return { problems: withSeverities(problems, severities).toSorted(byPlace), suppressed };
}

const allRules: readonly PipelineRule[] = [...pipelineRules, ...callRules];

/** What is wrong with a pipeline, whatever it calls. */
function problemsAlone({ path, document }: CatalogEntry, project: Project): readonly Problem[] {
  const resolved = resolveInProject(document, project, path);
  const found = problemsByRules(resolved.document, project, path, pipelineRules);
  const whole = resolved.document === document ? found : found.map((each) => placeInFile(each, resolved));
  return [...document.problems, ...resolved.problems, ...whole];
}

function byPlace({ span: a }: Problem, { span: b }: Problem): number {
  return a.start - b.start || a.end - b.end;
}

/** What the rules find in a document as it stands. */
function problemsByRules(
  document: PipelineDocument,
  project: Project,
  path: string | null,
  wholeRules: readonly PipelineRule[],
): readonly Problem[] {
  const problems: Problem[] = [];
  const view = pipelineView(document, project, path, (entry) => problemsAlone(entry, project));
  const names = namesOf(view);
  const links = (facts: StageFacts): readonly StageLink[] => knownOf(facts, view, names).links;
  const order = orderOf(view, links);
  for (const facts of view.stages) {
    const { stage } = facts;
    const findings = findingsOf(facts, knownOf(facts, view, names), order);
    if (findings.length === 0) continue;
    for (const finding of findings) {
      if (document.pipeline.abstract && leftOpen.has(finding.rule)) continue;
      problems.push(problemOf(document, stage, finding));
    }
  }
  for (const rule of wholeRules) {
    for (const finding of rule(view, order, links))
      problems.push(problemOf(document, finding.stage, finding));
  }
  return problems;
}

function knownOf(facts: StageFacts, view: PipelineView, names: Names): KnownStage {
  let known = knownIn.get(view.project.definitions);
  if (known === undefined) {
    known = new WeakMap();
    knownIn.set(view.project.definitions, known);
  }
  const before = known.get(facts.stage);
  const loops = view.ownersOf(facts.stage).flatMap(({ owner, arm }) => (arm === "loop" ? [owner] : []));
  if (before?.names === names && isSame(before.loops, loops)) return before;
  const now: KnownStage = {
    alone: before?.alone ?? stageRules.flatMap((rule) => [...rule(facts)]),
    names,
    loops,
    named: nameRules.flatMap((rule) => [...rule(facts, view, names)]),
    links: linksOf(view, facts),
    order: null,
    findings: [],
  };
  known.set(facts.stage, now);
  return now;
}

function isSame(one: readonly Stage[], other: readonly Stage[]): boolean {
  return one.length === other.length && one.every((stage, index) => stage === other[index]);
}

function findingsOf(facts: StageFacts, stage: KnownStage, order: StageOrder): readonly Finding[] {
  if (stage.order !== order) {
    const { alone, named, links, names } = stage;
    const placed = orderRules.flatMap((rule) => [...rule(facts, links, order, names)]);
    stage.order = order;
    stage.findings = [...alone, ...named, ...placed];
  }
  return stage.findings;
}
