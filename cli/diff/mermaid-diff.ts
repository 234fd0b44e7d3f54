import { type Change, isLayout, isSpelling, type PipelineDiff } from "#core/merge";
import { parsePipeline, pipelineGraph } from "#core/pipeline";
import type { NamedDiff } from "./diff-files.ts";

/** How a stage or an edge of both pipelines together is different. */
type Mark = "same" | "added" | "removed" | "changed";

/** Both pipelines as one Mermaid flowchart: what was removed is still there, dashed. */
export function mermaidDiff({ before, after, diff }: NamedDiff): string {
  const marks = marksOf(diff);
  const old = graphOf(before.text, diff.keys);
  const now = graphOf(after.text, new Map());
  const stages = [...new Set([...now.stages, ...old.stages.filter((id) => !now.stages.includes(id))])];
  const names = new Map(stages.map((id, index) => [id, `s${index}`]));
  const nodes = stages.map((id) => {
    const mark: Mark = !now.stages.includes(id) ? "removed" : (marks.get(id) ?? "same");
    return `  ${names.get(id) ?? ""}["${escaped(id)}"]${mark === "same" ? "" : `:::${mark}`}`;
  });
  const edges = [...new Set([...now.edges, ...old.edges])].flatMap((edge) => {
    const [from = "", to = ""] = edge.split("\n");
    const ends = [names.get(from), names.get(to)];
    if (ends.includes(undefined)) return [];
    const mark: Mark = !old.edges.has(edge) ? "added" : now.edges.has(edge) ? "same" : "removed";
    return [{ text: `  ${ends[0] ?? ""} ${mark === "removed" ? "-.->" : "-->"} ${ends[1] ?? ""}`, mark }];
  });
  const linkStyles = edges.flatMap(({ mark }, index) => {
    const colour = linkColours[mark];
    return colour === null ? [] : [`  linkStyle ${index} stroke:${colour},stroke-width:2px`];
  });
  return `${["flowchart LR", ...nodes, ...edges.map(({ text }) => text), ...CLASSES, ...linkStyles].join("\n")}\n`;
}

/** Colours that stand out on a light and on a dark page; the text stays the page's. */
const CLASSES = [
  "  classDef added stroke:#2da44e,stroke-width:3px",
  "  classDef removed stroke:#e5534b,stroke-width:2px,stroke-dasharray:4 3",
  "  classDef changed stroke:#c69026,stroke-width:3px",
];

const linkColours: Readonly<Record<Mark, string | null>> = {
  same: null,
  added: "#2da44e",
  removed: "#e5534b",
  changed: null,
};

function marksOf({ changes }: PipelineDiff): ReadonlyMap<string, Mark> {
  const marks = new Map<string, Mark>();
  for (const change of changes) {
    const stage = stageOf(change);
    if (stage !== null)
      marks.set(stage, change.kind === "stage-added" ? "added" : (marks.get(stage) ?? "changed"));
  }
  return marks;
}

/** The stage that a change makes another one; null for layout, spelling and order, which change no stage. */
function stageOf(change: Change): string | null {
  switch (change.kind) {
    case "value-changed":
      return isLayout(change) || isSpelling(change) ? null : change.stage;
    case "stage-added":
    case "stage-removed":
    case "stage-renamed":
    case "stage-relocated":
    case "branch-moved":
      return change.stage;
    case "stage-reordered":
    case "container-changed":
      return null;
  }
}

function graphOf(
  text: string,
  keys: ReadonlyMap<string, string>,
): { readonly stages: readonly string[]; readonly edges: ReadonlySet<string> } {
  const document = parsePipeline(text);
  const key = (id: string): string => keys.get(id) ?? id;
  return {
    stages: document.pipeline.stages.map(({ id }) => key(id)),
    edges: new Set(pipelineGraph(document).edges.map(({ from, to }) => `${key(from)}\n${key(to)}`)),
  };
}

/** Whatever could be markup of Mermaid, of Markdown or of HTML as the number of its character. */
function escaped(text: string): string {
  return Array.from(text.replaceAll(/\s/g, " "), (char) =>
    /[\p{L}\p{N} _./-]/u.test(char) ? char : `#${char.codePointAt(0) ?? 0};`,
  ).join("");
}
