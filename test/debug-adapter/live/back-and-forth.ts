import { expect } from "vitest";
import { askToMove } from "./ask-to-go-on.ts";
import { outputsBeside } from "./look.ts";
import { comeToRest, type ShownBranch, shownBranches, timelineOf, type Walk } from "./walk.ts";

/** So many steps back, and as many forward: everything is before the client's eyes as it was. */
export async function backAndForth(walk: Walk, count: number, number: number): Promise<void> {
  const { client, shown, models } = walk;
  await client.get("setFunctionBreakpoints", { breakpoints: [] });
  // From between two steps there is no step back to it.
  if (shown.past() !== null && / — (done|failed|cancelled)$/.test((await whereOf(walk)).stack[0] ?? ""))
    await jumpToEdge(walk, number);
  const { state } = await timelineOf(walk);
  const asked = models.asked();
  const way = [await whereOf(walk)];
  for (let back = 0; back < count; back++) {
    await step(walk, "stepBack", number);
    const here = await whereOf(walk);
    // At the beginning the cursor stays.
    if (here.event === way.at(-1)?.event && here.stack[0] === way.at(-1)?.stack[0]) break;
    way.push(here);
  }
  for (let at = way.length - 2; at >= 0; at--) {
    const [from, to] = [way[at + 1], way[at]];
    if (from === undefined || to === undefined) return;
    await step(walk, leadsInto(from, to) ? "stepIn" : "next", number);
    const here = await whereOf(walk);
    // What ran on meanwhile is on the way too.
    if ((await timelineOf(walk)).state.total !== state.total) return;
    // A branch that was to pause may have come to the next piece of its answer: then that is what it stopped at last.
    if (here.event === "live" && walk.branches === "one" && here.thread !== to.thread) return;
    expect(here).toEqual(to);
  }
  expect(models.asked()).toBe(asked);
}

/** What is looked at, but for numbers that are others at each stop. */
interface Where {
  readonly event: number | "live";
  readonly thread: number;
  readonly name: string;
  /** Innermost first. */
  readonly stack: readonly string[];
  readonly lines: readonly number[];
  readonly outputs: unknown;
  readonly stages: unknown;
}

async function whereOf(walk: Walk): Promise<Where> {
  const { client, shown } = walk;
  const branch: ShownBranch | undefined = (await shownBranches(client)).find(
    ({ thread }) => thread === shown.focus(),
  );
  const frames = branch?.frames ?? [];
  return {
    event: shown.past()?.event ?? "live",
    thread: shown.focus(),
    name: branch?.name ?? "",
    stack: frames.map(({ name }) => name),
    lines: frames.map(({ line }) => line),
    outputs: branch === undefined ? null : await outputsBeside(walk, branch),
    stages: shown.past() === null ? null : new Map(shown.stages),
  };
}

async function step(walk: Walk, command: string, number: number): Promise<void> {
  await askToMove(walk, command, { threadId: walk.shown.focus() });
  await comeToRest(walk, number);
}

async function jumpToEdge(walk: Walk, number: number): Promise<void> {
  const { state } = await timelineOf(walk);
  await askToMove(walk, "flowmason/jump", { moment: state.total });
  await comeToRest(walk, number);
}

/** Whether a step over from one place would go past the other: it is one of the steps there, or of a stage that is run there. */
function leadsInto(from: Where, to: Where): boolean {
  if (to.event !== "live" && /^(render|call) — /.test(to.stack[0] ?? "")) return true;
  const outside = stackOf(from);
  const owner = stageOf(outside.at(-1) ?? "");
  const inside = stackOf(to);
  const around = outside.slice(0, -1);
  return (
    around.every((name, depth) => inside[depth] === name) &&
    isOwnedBy(inside[outside.length - 1] ?? "", owner)
  );
}

/** The names of the frames around a stage, outermost first, and its own. */
function stackOf({ stack }: Where): readonly string[] {
  return stack.filter((name) => !/^(render|call) — /.test(name)).toReversed();
}

function stageOf(name: string): string {
  return /^[^ ]+/.exec(name)?.[0] ?? name;
}

function isOwnedBy(name: string, owner: string): boolean {
  return name.startsWith(`${owner}[`) || name.startsWith(`${owner}.`) || name.startsWith(`${owner} → `);
}
