import type { Field, ModelSettings } from "../model.ts";
import { fieldNamed, type Report, readNumber, readObject, readText, readTextList } from "./field-reader.ts";

/**
 * `llm_settings`, with the stage's own `provider` and `model` after it, and in the map dialect those of `config`
 * (facts, section 1.2).
 */
export function readModelSettings(
  report: Report,
  fields: readonly Field[],
  configOfMapDialect: readonly Field[],
): ModelSettings {
  const settings = readObject(report, fieldNamed(fields, "llm_settings"));
  const text = (key: string) =>
    readText(
      report,
      fieldNamed(settings, key) ?? fieldNamed(fields, key) ?? fieldNamed(configOfMapDialect, key),
    );
  const number = (key: string) => readNumber(report, fieldNamed(settings, key));
  return {
    provider: text("provider"),
    model: text("model"),
    temperature: number("temperature"),
    maxTokens: number("max_tokens"),
    topP: number("top_p"),
    stopSequences: readTextList(report, fieldNamed(settings, "stop_sequences")).map(({ value }) => value),
  };
}
