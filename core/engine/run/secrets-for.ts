import type { StageAttempt } from "#core/ports";
import type { PipelinePlan, StagePlan } from "../plan/run-plan.ts";

/** What an attempt is told of the run's secrets: those it may read, and those to keep out of what it tells. */
export function secretsFor(
  stage: StagePlan,
  { secretMark, secretSources }: PipelinePlan,
): Pick<StageAttempt, "secrets" | "secretMark"> {
  if (secretSources.size === 0) return NONE;
  const readable = stage.secrets.map(({ name, source, isRequired }) => ({
    name,
    source,
    isRequired,
    use: "read" as const,
  }));
  const own = new Set(readable.map(({ source }) => source));
  const others = Array.from(secretSources)
    .filter((source) => !own.has(source))
    .map((source) => ({ name: source, source, isRequired: false, use: "hide" as const }));
  return { secrets: [...readable, ...others], secretMark };
}

const NONE: Pick<StageAttempt, "secrets" | "secretMark"> = { secrets: [], secretMark: null };
