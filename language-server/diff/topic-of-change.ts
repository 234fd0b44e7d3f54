import type { Change, Topic } from "#core/merge";
import type { DiffTopic } from "#protocol";

/** What a change is filtered by in views. */
export function topicOfChange(change: Change): DiffTopic {
  switch (change.kind) {
    case "stage-added":
    case "stage-removed":
    case "stage-renamed":
    case "branch-moved":
      return "stages";
    case "stage-relocated":
    case "stage-reordered":
    case "container-changed":
      return "order";
    case "value-changed":
      return change.stage === null && topics[change.topic] === "other" ? "pipeline" : topics[change.topic];
  }
}

const topics: Readonly<Record<Topic, DiffTopic>> = {
  component: "stages",
  config: "config",
  prompt: "prompts",
  edges: "edges",
  branches: "edges",
  schema: "schemas",
  inheritance: "pipeline",
  policy: "config",
  about: "other",
  layout: "layout",
  spelling: "other",
  other: "other",
};
