import type { Finding, PlacedFinding } from "./finding.ts";
import type { PipelineView } from "./pipeline-view.ts";
import type { StageFacts } from "./stage-facts.ts";
import type { Structure } from "./structure.ts";

/** A rule about one stage by itself. What it finds is kept for as long as the stage is not edited. */
export type StageRule = (facts: StageFacts) => Iterable<Finding>;

/** A rule about how one stage fits the others. What it finds is kept until the stage or the structure changes. */
export type FitRule = (facts: StageFacts, view: PipelineView, structure: Structure) => Iterable<Finding>;

/** A rule about the pipeline as a whole. It runs on every change, so it may not look at every stage. */
export type PipelineRule = (view: PipelineView, structure: Structure) => Iterable<PlacedFinding>;
