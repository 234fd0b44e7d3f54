import { expressionRoots } from "#core/pipeline";
import type { Finding } from "../finding.ts";
import { localNames } from "../local-names.ts";
import type { PipelineView } from "../pipeline-view.ts";
import type { StageFacts } from "../stage-facts.ts";
import type { Names } from "../structure.ts";

/**
 * `{topic}` or `${topic}` in a prompt where there is something called `topic`: the model would read the braces. Other
 * names in braces are left alone, since a prompt may show JSON, code or placeholders for the model to fill.
 */
export function* promptPlaceholder(facts: StageFacts, view: PipelineView, names: Names): Iterable<Finding> {
  if (facts.placeholders.length === 0) return;
  const local = localNames(view, facts.stage);
  for (const { written, path, span } of facts.placeholders) {
    const [root = ""] = path.split(".");
    const meant = meaning(root, path, local, view, facts, names);
    if (meant === null) continue;
    yield {
      rule: "prompt-placeholder",
      message: `The model would read "${written}" as it stands. Write {{ ${meant} }} for the value.`,
      span,
      fix: { kind: "replace", text: `{{ ${meant} }}` },
    };
  }
}

function meaning(
  root: string,
  path: string,
  local: ReadonlySet<string>,
  view: PipelineView,
  facts: StageFacts,
  names: Names,
): string | null {
  if (local.has(root)) return path;
  if (expressionRoots.has(root)) return path.includes(".") ? path : null;
  if (names.inputs.includes(root)) return `input.${path}`;
  const stage = view.find(root, facts.stage);
  return stage === undefined || stage === facts.stage || !path.includes(".") ? null : `upstream.${path}`;
}
