import { type Budget, parseDuration } from "#core/pipeline";
import { type CommandLine, UsageError } from "../command.ts";

/** What the run may use at most, as the command line says. Throws {@link UsageError}. */
export function readBudget(line: CommandLine): Budget {
  return {
    tokens: read(line, "max-tokens", tokensOf, "a whole number from 1: --max-tokens 50000"),
    costUsd: read(line, "max-cost", costOf, "US dollars: --max-cost 0.50"),
    wallTimeMs: read(line, "max-time", timeOf, "a time such as 30s, 10m or 1h: --max-time 10m"),
  };
}

function read(
  line: CommandLine,
  option: string,
  value: (text: string) => number | null,
  rule: string,
): number | null {
  const text = line.text(option);
  if (text === undefined) return null;
  const amount = value(text);
  if (amount === null) throw new UsageError(`--${option} takes ${rule}`);
  return amount;
}

function tokensOf(text: string): number | null {
  return /^[1-9][0-9]{0,14}$/.test(text) ? Number(text) : null;
}

function costOf(text: string): number | null {
  return /^[0-9]{1,12}(\.[0-9]{1,12})?$/.test(text) ? Number(text) : null;
}

function timeOf(text: string): number | null {
  const ms = parseDuration(text);
  return ms !== null && ms > 0 ? ms : null;
}
