/** What a new pipeline can begin with: a file in `extension/templates`, by name, and how it is offered. */
export interface Template {
  readonly file: string;
  readonly label: string;
  readonly detail: string;
  readonly icon: string;
}

/** In the order in which they are offered. */
export const TEMPLATES: readonly Template[] = [
  { file: "empty", label: "Empty", detail: "No stages yet", icon: "file" },
  { file: "prompt", label: "Prompt", detail: "Ask a language model, shape its answer", icon: "sparkle" },
  { file: "each-item", label: "For each item", detail: "Go through a list, several at a time", icon: "sync" },
  { file: "branch", label: "Branch", detail: "Take one of two ways, by a condition", icon: "git-branch" },
  { file: "fetch", label: "Fetch", detail: "Ask a web service, and go on when it fails", icon: "globe" },
];
