import { declaresNothing, laterStageFields } from "#core/pipeline";
import type { Finding } from "../finding.ts";
import type { StageFacts } from "../stage-facts.ts";

/** What a run would leave out of a stage, so that it will not start. */
export function* unsupportedStageField({ stage }: StageFacts): Iterable<Finding> {
  for (const { key, keySpan, value } of stage.fields) {
    const feature = laterStageFields.get(key);
    if (feature === undefined || declaresNothing(value)) continue;
    yield {
      rule: "unsupported-field",
      message: `"${key}" is not supported in this version (${feature}), so a run will not start. Remove it, or wait for a later version.`,
      span: keySpan,
    };
  }
}
