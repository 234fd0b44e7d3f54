/** What a stage gives: about 90 bytes of JSON. */
export interface StageOutput {
  readonly stage: number;
  readonly text: string;
  readonly tags: readonly string[];
}

/** The work of a stage, the same for every contender: one asynchronous function, no waiting. */
export async function stageWork(stage: number): Promise<StageOutput> {
  return { stage, text: "the quick brown fox jumps over the lazy dog", tags: ["alpha", "beta"] };
}
