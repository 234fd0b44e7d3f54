import { type Change, diffPipelines } from "#core/merge";

// A pipeline of three stages, and what is different in what becomes of it.
export const base = {
  name: "p",
  stages: [
    { id: "fetch", component_type: "http_request", config: { url: "https://example.com/a" } },
    {
      id: "draft",
      component_type: "generator",
      config: {
        prompt: "Write three sentences about {{upstream.fetch.body}} for people who are new here.",
        temperature: 0.2,
      },
      depends_on: ["fetch"],
    },
    {
      id: "tell",
      component_type: "logger",
      config: { message: "{{upstream.draft.content}}" },
      depends_on: ["draft"],
    },
  ],
  layout: { fetch: { x: 0, y: 0 }, draft: { x: 100, y: 0 } },
};

type Stages = readonly Readonly<Record<string, unknown>>[];

export function text(change: (pipeline: { stages: Stages } & Record<string, unknown>) => unknown): string {
  return JSON.stringify(change(structuredClone(base)), null, 2);
}

export function changesTo(after: string, before = JSON.stringify(base, null, 2)): readonly Change[] {
  const result = diffPipelines(before, after);
  if (!result.ok) throw new Error(result.message);
  return result.diff.changes;
}
