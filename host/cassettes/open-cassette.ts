import type { ModelPort } from "#core/ports";
import type { PriceSettings } from "#core/providers";
import { type CassetteFile, recordCassette, replayCassette } from "./cassette-file.ts";

/** What a run does with a cassette: `none` has it ask its models. */
export type CassetteUse =
  | { readonly kind: "none" }
  | { readonly kind: "record"; readonly file: CassetteFile }
  | { readonly kind: "replay"; readonly file: CassetteFile };

/** What stands between a run and its models. */
export interface Cassette {
  readonly kind: CassetteUse["kind"];
  /** The models that the run asks in place of its own. To be asked for once. */
  over(models: ModelPort): ModelPort;
  /** Waits until all is written. Throws {@link CassetteError}. */
  close(): Promise<void>;
}

/** Opens it before anything is asked. Throws {@link CassetteError}. */
export async function openCassette(use: CassetteUse, prices: PriceSettings = {}): Promise<Cassette> {
  switch (use.kind) {
    case "none":
      return { kind: use.kind, over: (models) => models, close: () => Promise.resolve() };
    case "record": {
      const recording = await recordCassette(use.file);
      return { kind: use.kind, over: recording.record, close: recording.close };
    }
    case "replay": {
      const models = await replayCassette(use.file, prices);
      return { kind: use.kind, over: () => models, close: () => Promise.resolve() };
    }
  }
}
