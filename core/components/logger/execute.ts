import { implement } from "../implementation.ts";
import { logger } from "./definition.ts";

/** Says its message in the run's record. */
export const loggerImplementation = implement(logger, ({ inputs, attempt, emit }) => {
  const { message, level, data, tags, passthrough } = inputs;
  const values = {
    ...(data === undefined ? {} : { data }),
    ...(Object.keys(tags).length === 0 ? {} : { tags }),
  };
  emit({ kind: "log", level, message, ...(Object.keys(values).length === 0 ? {} : { values }) });
  return { ok: true, output: { logged: true, log_id: attempt.key, passthrough: passthrough ?? null } };
});
