import type { CommandOption } from "../command.ts";

/** The option of every command about recorded runs. */
export const folderOption: CommandOption = {
  type: "string",
  value: "DIR",
  help: "The workspace of the runs; without it the one around you",
};

/** What help says of RUN. */
export const runOperand = "RUN is an id, the beginning or the end of one (7k3f9), or latest.";
