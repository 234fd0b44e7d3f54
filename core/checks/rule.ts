import type { Finding, PlacedFinding } from "./finding.ts";
import type { PipelineView } from "./pipeline-view.ts";
import type { StageFacts } from "./stage-facts.ts";
import type { StageLink } from "./stage-links.ts";
import type { StageOrder } from "./stage-order.ts";
import type { Names } from "./structure.ts";

/** A rule about one stage by itself. What it finds is kept for as long as the stage is not edited. */
export type StageRule = (facts: StageFacts) => Iterable<Finding>;

/** A rule about what a stage names. What it finds is kept until the stage is edited or the names change. */
export type NameRule = (facts: StageFacts, view: PipelineView, names: Names) => Iterable<Finding>;

/** A rule about where a stage stands among the others. What it finds is kept until the stage is edited or the order changes. */
export type OrderRule = (
  facts: StageFacts,
  links: readonly StageLink[],
  order: StageOrder,
  names: Names,
) => Iterable<Finding>;

/** A rule about the pipeline as a whole. It runs on every change, so it may look at every stage only after a mistake. */
export type PipelineRule = (
  view: PipelineView,
  order: StageOrder,
  linksOf: (facts: StageFacts) => readonly StageLink[],
) => Iterable<PlacedFinding>;
