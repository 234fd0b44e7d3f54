import type { CommandOption } from "../command.ts";

/** What a run may use at most, for every command that runs something. */
export const budgetOptions: Readonly<Record<string, CommandOption>> = {
  "max-tokens": { type: "string", value: "N", help: "Stop the run when its models used more tokens" },
  "max-cost": { type: "string", value: "USD", help: "Stop the run when its models cost more" },
  "max-time": { type: "string", value: "TIME", help: "Stop the run when it takes longer: 30s, 10m" },
};
