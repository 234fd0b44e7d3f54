import * as vscode from "vscode";
import {
  type Inheriting,
  inheritingOf,
  type PipelineDocument,
  parsePipeline,
  withParent,
} from "#core/pipeline";
import type { Inheritance } from "#protocol";
import type { StageBreakpoint, StageBreakpoints } from "../debug/stage-breakpoints.ts";
import { Refusal } from "../edge.ts";
import { bindLanguage } from "../open-as.ts";
import type { PipelineTexts } from "../texts/pipeline-texts.ts";
import type { Inheritances } from "./inheritances.ts";

/** What is done with stages of a file where they are written: in the file itself, or in the one it inherits them from. */
export interface InheritedStages {
  /** What the file extends, joined with its own parents; null where it extends none, or nobody has told. */
  parentOf(document: vscode.TextDocument): PipelineDocument | null;
  /** The file with the stages that it inherits. */
  wholeOf(document: vscode.TextDocument): PipelineDocument;
  /** How a stage of the file stands to what it extends. */
  standingOf(document: vscode.TextDocument, stage: string): Inheriting;
  /** The file that a stage's breakpoints are in: the one that has the stage, whoever overrides it. */
  homeOf(document: vscode.TextDocument, stage: string): Promise<vscode.TextDocument>;
  /** The file that the parent's stage is written in. A stage that the parent does not have is refused. */
  originOf(document: vscode.TextDocument, stage: string): Promise<vscode.TextDocument>;
  /** The breakpoints of the stages that the file has or inherits, as far as {@link settle} has opened their files. */
  breakpointsOf(document: vscode.TextDocument): readonly StageBreakpoint[];
  /** Opens the files that breakpoints of inherited stages are in. */
  settle(document: vscode.TextDocument): Promise<void>;
  /** Whether the file has stages from the one at `uri`. */
  inheritsFrom(document: vscode.TextDocument, uri: vscode.Uri): boolean;
}

/** Stages that pipelines inherit, as far as the language server has told of them. */
export function createInheritedStages(
  texts: PipelineTexts,
  inheritances: Inheritances,
  breakpoints: StageBreakpoints,
): InheritedStages {
  const parsed = new WeakMap<Inheritance, PipelineDocument>();

  const parentOf = ({ uri }: vscode.TextDocument): PipelineDocument | null => {
    const inheritance = inheritances.of(uri);
    if (inheritance === null || inheritance.parent === null) return null;
    const parent = parsed.get(inheritance) ?? parsePipeline(inheritance.parent.text);
    parsed.set(inheritance, parent);
    return parent;
  };
  const standingOf = (document: vscode.TextDocument, stage: string): Inheriting => {
    const parent = parentOf(document);
    return parent === null ? "own" : inheritingOf(texts.read(document), parent, stage);
  };
  const filesOf = ({ uri }: vscode.TextDocument): ReadonlySet<string> =>
    new Set(inheritances.of(uri)?.parent?.origins.map((origin) => origin.uri));
  const isShown = (document: vscode.TextDocument, stage: string, uri: vscode.Uri): boolean => {
    const standing = standingOf(document, stage);
    if (standing !== "inherited" && standing !== "overridden") return false;
    return inheritances.originOf(document.uri, stage)?.uri === uri.toString();
  };

  const originOf = async ({ uri }: vscode.TextDocument, stage: string): Promise<vscode.TextDocument> => {
    const origin = inheritances.originOf(uri, stage);
    if (origin === undefined) throw new Refusal(`"${stage}" is inherited from no other pipeline.`);
    return await openPipeline(vscode.Uri.parse(origin.uri));
  };

  return {
    parentOf,
    wholeOf(document) {
      const pipeline = texts.read(document);
      const parent = pipeline.pipeline.extends === null || pipeline.broken ? null : parentOf(document);
      return parent === null ? pipeline : withParent(pipeline, parent);
    },
    standingOf,
    originOf,
    async homeOf(document, stage) {
      const standing = standingOf(document, stage);
      return standing === "inherited" || standing === "overridden"
        ? await originOf(document, stage)
        : document;
    },
    breakpointsOf(document) {
      const files = filesOf(document);
      const parents = vscode.workspace.textDocuments.filter(({ uri }) => files.has(uri.toString()));
      const inherited = parents.flatMap((parent) =>
        breakpoints.of(parent).filter(({ stage }) => isShown(document, stage, parent.uri)),
      );
      return [...breakpoints.of(document), ...inherited];
    },
    async settle(document) {
      const files = filesOf(document);
      const uris = vscode.debug.breakpoints.flatMap((breakpoint) =>
        breakpoint instanceof vscode.SourceBreakpoint && files.has(breakpoint.location.uri.toString())
          ? [breakpoint.location.uri]
          : [],
      );
      for (const uri of uris) await openPipeline(uri);
    },
    inheritsFrom: (document, uri) => filesOf(document).has(uri.toString()),
  };
}

async function openPipeline(uri: vscode.Uri): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(uri);
  await bindLanguage(document);
  return document;
}
