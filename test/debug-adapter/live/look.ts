import { basename } from "node:path";
import { type SeenOutput, type ShownBranch, shownBranches, timelineOf, type Walk } from "./walk.ts";

/** Remembers what the client has before its eyes at a stop. */
export async function look(walk: Walk, step: string): Promise<void> {
  const { client, shown, models } = walk;
  if (shown.isOver()) return;
  const past = shown.past();
  const before = await timelineOf(walk);
  const stages = past !== null || models.open() === 0 ? new Map(shown.stages) : null;
  const branch = (await shownBranches(client)).find(({ thread }) => thread === shown.focus());
  const outputs = branch === undefined ? new Map() : await outputsBeside(walk, branch);
  const after = await timelineOf(walk);
  const told = `${step}, at ${branch?.name}`;
  if (past !== null) {
    walk.seen.push({ seq: past.event, at: "past", stages, outputs, step: told });
    return;
  }
  // What ran on meanwhile was seen in part only.
  if (after.state.total !== before.state.total) return;
  walk.seen.push({ seq: after.last, at: "live", stages: null, outputs, step: told });
}

/** What expressions see of the stages in the same list as the one that a branch is at. */
export async function outputsBeside(
  { client, pipelines }: Walk,
  { name, frames }: ShownBranch,
): Promise<ReadonlyMap<string, SeenOutput>> {
  const [top] = frames;
  const file = basename(top?.source?.path ?? "");
  const own = name.split("/").at(-1) ?? "";
  const list = pipelines.lists[file]?.find((ids) => ids.includes(own)) ?? [];
  // A leg of a matrix is a round of the stage itself.
  const around = name.slice(0, name.length - own.length).replace(new RegExp(`(^|/)${own}\\[\\d+\\]/$`), "$1");
  const outputs = new Map<string, SeenOutput>();
  for (const id of list) {
    const { success, message, body } = await client.ask("evaluate", {
      frameId: top?.id,
      expression: `{"is": upstream.${id}}`,
      context: "clipboard",
    });
    const result: string = success ? body.result : "";
    outputs.set(around + id, success ? { value: JSON.parse(result).is } : { refused: message ?? "" });
  }
  return outputs;
}
