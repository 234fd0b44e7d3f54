import { copyStages, type JsonMembers, parsePipeline } from "#core/pipeline";
import { corpusFiles } from "../support/corpus.ts";

/** Files that gestures may bring in: called pipelines and clippings. */
export interface Surroundings {
  readonly called: readonly string[];
  readonly clippings: readonly JsonMembers[];
}

const CALLED = `{
  "name": "part",
  "input_schema": { "properties": { "text": { "default": "t" } } },
  "stages": [
    { "id": "say", "component_type": "logger", "config": { "message": "{{ input.text }}" } },
    { "id": "last", "component_type": "generator", "depends_on": ["say"], "config": { "prompt": "{{ upstream.say.x }}" } }
  ]
}`;

/** The corpus, and a pipeline that fits most calls. */
export function surroundings(): Surroundings {
  const documents = corpusFiles().map(({ text }) => parsePipeline(text));
  return {
    called: [...corpusFiles().map(({ text }) => text), CALLED],
    clippings: documents.map((document) =>
      copyStages(
        document,
        document.pipeline.stages.slice(0, 4).map(({ id }) => id),
      ),
    ),
  };
}
