import type { Project } from "#core/component-definitions";
import { anyType, plain, type TypeOfPath, type ValueType } from "#core/expressions";
import {
  fieldNamed,
  hasMatrix,
  type PipelineDocument,
  pipelineGraph,
  readSecrets,
  type Stage,
} from "#core/pipeline";
import { localNames } from "./local-names.ts";
import { type PipelineView, pipelineView } from "./pipeline-view.ts";
import { stageFacts } from "./stage-facts.ts";
import { namesOf } from "./structure.ts";
import { typeOfPathIn } from "./type-of-path.ts";
import { typeText } from "./type-text.ts";

/** Something that an expression can say at a place. */
export interface ScopeName {
  readonly name: string;
  readonly kind: "root" | "stage" | "variable" | "member";
  /** What it can be, in words. */
  readonly type: string;
  /** What it is, in a sentence; empty where its name says it. */
  readonly about: string;
}

/** What the names of an expression mean where it stands, for completion and hover. */
export interface ExpressionScope {
  /** What an expression can begin with. */
  readonly names: readonly ScopeName[];
  /** What can follow a path; none where nothing is known of it. */
  membersOf(root: string, path: readonly (string | number)[]): readonly ScopeName[];
  /** What a path stands for; undefined where nothing is known of it. */
  describe(root: string, path: readonly (string | number)[]): ScopeName | undefined;
  readonly typeOfPath: TypeOfPath;
}

/** The scope of an expression of a stage; `ofPlace` are the names that only its field has. */
export function expressionScope(
  document: PipelineDocument,
  project: Project,
  stage: Stage,
  ofPlace: readonly string[],
): ExpressionScope {
  const view = pipelineView(document, project, null, () => []);
  const names = namesOf(view);
  const facts = stageFacts(document, stage, project.definitions);
  const typeOfPath = typeOfPathIn(facts, view, names, ofPlace);
  const named = (name: string, kind: ScopeName["kind"], type: ValueType, about: string): ScopeName => ({
    name,
    kind,
    type: typeText(type),
    about,
  });
  const stages = stagesInSight(document, stage).map(([name, each]) =>
    named(name, "stage", plain("object"), aboutStage(each, project)),
  );
  const locals = [...ofPlace, ...localNames(view, stage)].map((name) =>
    named(name, "variable", typeOfPath(name, []), "A name that only this place has."),
  );
  const roots = rootsOf(stage).map(([name, about]) => named(name, "root", plain("object"), about));

  function membersOf(root: string, path: readonly (string | number)[]): readonly ScopeName[] {
    if (!locals.some(({ name }) => name === root)) {
      if ((root === "upstream" || root === "stages") && path.length === 0) return stages;
      if (path.length === 0) {
        const declared = declaredIn(root, document, stage, names);
        if (declared !== undefined)
          return declared.map((name) => named(name, "member", typeOfPath(root, [name]), ""));
      }
      const output = outputOf(root, path, view, stage);
      if (output !== undefined) return output.map((each) => each(typeOfPath));
    }
    const { object } = typeOfPath(root, path);
    return Object.entries(object?.named ?? {}).map(([name, type]) => named(name, "member", type, ""));
  }

  return {
    names: [...locals, ...roots, ...stages],
    membersOf,
    describe(root, path) {
      const last = path.at(-1);
      if (last === undefined) return [...locals, ...roots, ...stages].find(({ name }) => name === root);
      const listed = membersOf(root, path.slice(0, -1)).find(({ name }) => name === last);
      const type = typeOfPath(root, path);
      return listed ?? (type === anyType ? undefined : named(String(last), "member", type, ""));
    },
    typeOfPath,
  };
}

/** The fields of a stage's output, where a path leads to a stage and no further. */
function outputOf(
  root: string,
  path: readonly (string | number)[],
  view: PipelineView,
  from: Stage,
): readonly ((typeOfPath: TypeOfPath) => ScopeName)[] | undefined {
  const [first] = path;
  const throughRoot = root === "upstream" || root === "stages";
  const id = throughRoot ? (path.length === 1 ? first : undefined) : path.length === 0 ? root : undefined;
  const stage = typeof id === "string" ? view.find(id, from) : undefined;
  if (stage === undefined) return undefined;
  const { definition, outputNames } = stageFacts(view.document, stage, view.project.definitions);
  if (outputNames === null) return [];
  return [...outputNames, "output"].map(
    (name) =>
      (typeOfPath: TypeOfPath): ScopeName => ({
        name,
        kind: "member",
        type: typeText(typeOfPath(root, [...path, name])),
        about: name === "output" ? "The whole output." : (definition?.output.shape[name]?.description ?? ""),
      }),
  );
}

/** The names below a root that the pipeline declares; undefined for roots that it does not say them of. */
function declaredIn(
  root: string,
  { pipeline }: PipelineDocument,
  stage: Stage,
  names: ReturnType<typeof namesOf>,
): readonly string[] | undefined {
  switch (root) {
    case "input":
      return [...new Set([...names.inputs, ...Object.keys(names.inputTypes)])];
    case "secrets":
      return [...names.secrets, ...readSecrets(stage.fields).declared.map(({ name }) => name)];
    case "env":
      return keysIn(fieldNamed(pipeline.fields, "env")?.value);
    case "matrix": {
      const strategy = fieldNamed(stage.fields, "strategy")?.value;
      const matrix =
        strategy?.kind === "object" ? fieldNamed(strategy.properties, "matrix")?.value : undefined;
      return keysIn(matrix).filter((key) => key !== "include" && key !== "exclude");
    }
    default:
      return undefined;
  }
}

function keysIn(node: Stage["node"] | undefined): readonly string[] {
  return node?.kind === "object" ? node.properties.map(({ key }) => key) : [];
}

function rootsOf(stage: Stage): readonly (readonly [string, string])[] {
  return [
    ["input", "The pipeline's input."],
    ["upstream", "The outputs of other stages."],
    ["env", "Variables of the environment and of the pipeline."],
    ["secrets", "The secrets that the pipeline declares."],
    ["context", "What the run knows of itself."],
    ["vars", "Variables that stages have set."],
    ...(hasMatrix(stage) ? [["matrix", "The values of this leg of the matrix."] as const] : []),
  ];
}

/** By the names they have here: in the map dialect a stage in the same body is called by its own. */
function stagesInSight(document: PipelineDocument, from: Stage): readonly (readonly [string, Stage])[] {
  const later = stagesAfter(document, from);
  return document.pipeline.stages.flatMap((each): readonly (readonly [string, Stage])[] => {
    // What waits for this stage has no output yet.
    if (later.has(each.id)) return [];
    if (each.nestedIn === null) return [[each.id, each]];
    return each.nestedIn === from.nestedIn ? [[each.id.slice(each.nestedIn.length + 1), each]] : [];
  });
}

/** A stage and all that wait for it, at whatever remove. */
function stagesAfter(document: PipelineDocument, { id }: Stage): ReadonlySet<string> {
  const followers = new Map<string, string[]>();
  for (const { from, to } of pipelineGraph(document).edges) {
    const known = followers.get(from);
    if (known === undefined) followers.set(from, [to]);
    else known.push(to);
  }
  const after = new Set([id]);
  // A set that grows while it is gone through is gone through to its end.
  for (const each of after) for (const next of followers.get(each) ?? []) after.add(next);
  return after;
}

function aboutStage({ name, componentType }: Stage, { definitions }: Project): string {
  const type = definitions.get(componentType ?? "")?.title ?? componentType ?? "stage without a type";
  return name === null ? type : `${name.value}: ${type}`;
}
