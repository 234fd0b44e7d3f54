import type { CommandOption } from "../command.ts";

/** For the command that runs a pipeline. */
export const pinsOption: Readonly<Record<string, CommandOption>> = {
  pins: {
    type: "boolean",
    help: "Do not run stages that are pinned in the debugger: they give what they are pinned to",
  },
};
