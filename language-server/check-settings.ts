import * as z from "zod";
import { readSeverities, type Severities } from "#core/checks";

/** Severities of checks as the client's settings and a project's manifest say them, the client's first. */
export interface CheckSettings {
  /** Takes the client's settings; what is not understood of them is told. */
  configured(settings: unknown): void;
  /** What counts where a project's manifest has these under `checks.severity`. */
  severitiesIn(project: Readonly<Record<string, unknown>>): Severities;
}

const settingsSchema = z.looseObject({
  flowmason: z
    .looseObject({
      checks: z.looseObject({ severity: z.record(z.string(), z.unknown()).nullish() }).nullish(),
    })
    .nullish(),
});

/** Settings that nobody has said anything about yet. `warn` takes sentences about what is written wrongly. */
export function createCheckSettings(warn: (message: string) => void): CheckSettings {
  let client: Severities = new Map();
  /** What was told already, so that it is not told again at each keystroke. */
  const told = new Set<string>();
  const tell = (where: string, faults: readonly string[]): void => {
    for (const fault of faults) {
      const message = `${where}: ${fault}`;
      if (told.has(message)) continue;
      told.add(message);
      warn(message);
    }
  };
  /** By the object that they were read from. */
  const known = new WeakMap<Readonly<Record<string, unknown>>, Severities>();

  return {
    configured(settings) {
      const parsed = settingsSchema.safeParse(settings);
      if (!parsed.success) tell("flowmason.checks.severity", ["This is no object of checks and severities."]);
      const { severities, faults } = readSeverities(parsed.data?.flowmason?.checks?.severity ?? {});
      tell("flowmason.checks.severity", faults);
      client = severities;
    },
    severitiesIn(project) {
      let own = known.get(project);
      if (own === undefined) {
        const read = readSeverities(project);
        tell("flowmason.json, checks.severity", read.faults);
        own = read.severities;
        known.set(project, own);
      }
      return client.size === 0 ? own : new Map([...own, ...client]);
    },
  };
}
