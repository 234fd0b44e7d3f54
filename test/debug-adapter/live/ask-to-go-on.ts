import type { Watched } from "./walk.ts";

export interface GoingArguments {
  readonly threadId?: number;
  readonly [name: string]: unknown;
}

/** Asks for a branch, or all of the run, to go on; tells whether that was taken. The client shows what it then knows. */
export async function askToGoOn(
  { client, shown, branches }: Watched,
  command: string,
  args: GoingArguments,
): Promise<boolean> {
  const isOne = shown.past() === null && branches === "one";
  const { success } = await client.ask(command, args, (response) => {
    // What our own requests have go on, an event says.
    if (!response.success || command.startsWith("flowmason/")) return;
    const isAlone = isOne || response.body?.allThreadsContinued === false;
    shown.wentOn(args.threadId ?? shown.focus(), isAlone ? "one" : "all");
  });
  return success;
}

/** Asks for the cursor to be moved; tells whether that was taken. */
export async function askToMove({ client, shown }: Watched, command: string, args: object): Promise<boolean> {
  const { success } = await client.ask(command, args, (response) => {
    if (response.success) shown.wentOn(shown.focus(), "all");
  });
  return success;
}
