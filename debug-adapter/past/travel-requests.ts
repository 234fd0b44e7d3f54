import { readFile } from "node:fs/promises";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { adapterErrors } from "../adapter-error.ts";
import { handler, type RequestHandler } from "../connection.ts";
import type { Launched, LaunchedPast } from "../launched.ts";
import { jumpTargets } from "./jump-targets.ts";

/** The requests that go back in time. `launched` throws where there is nothing; `looksAway` is called before a move. */
export function travelRequests(
  launched: () => Launched,
  looksAway: () => void,
): readonly (readonly [string, RequestHandler])[] {
  /** Of what stands still: what runs has no place to go back from. */
  const stopped = (): LaunchedPast => {
    const { past, shown } = launched();
    if (past === null || !shown().isStopped()) throw adapterErrors.notStopped();
    return past;
  };

  const move = (go: (past: LaunchedPast) => void): void => {
    const past = stopped();
    // What runs on meanwhile would tell of stops that nobody looks at.
    launched().standStill();
    looksAway();
    go(past);
  };

  const targetsOf = async (args: DebugProtocol.GotoTargetsArguments): Promise<object> => {
    const past = stopped();
    const { path, sourceReference = 0 } = args.source;
    const recorded = sourceReference > 0 ? past.sourceText(sourceReference) : undefined;
    const text = recorded ?? (path === undefined ? undefined : await textAt(path));
    if (text === undefined) throw adapterErrors.noJump();
    const targets = jumpTargets(past, text, args);
    if (targets.length === 0) throw adapterErrors.noJump();
    return { targets };
  };

  const goTo = ({ targetId }: DebugProtocol.GotoArguments): void => {
    const { history } = stopped();
    if (history.gates[targetId - 1] === undefined) throw adapterErrors.noJump();
    move(({ cursor }) => cursor.jump(targetId - 1));
  };

  const source = ({ sourceReference, source: of }: DebugProtocol.SourceArguments): object => {
    const content = launched().past?.sourceText(of?.sourceReference ?? sourceReference);
    if (content === undefined) throw adapterErrors.noSource();
    return { content, mimeType: "application/json" };
  };

  return [
    ["stepBack", () => move(({ cursor }) => cursor.stepBack())],
    ["reverseContinue", () => move(({ cursor }) => cursor.reverse())],
    ["gotoTargets", handler<DebugProtocol.GotoTargetsArguments>(targetsOf)],
    ["goto", handler<DebugProtocol.GotoArguments>(goTo)],
    ["source", handler<DebugProtocol.SourceArguments>(source)],
  ];
}

async function textAt(path: string): Promise<string | undefined> {
  return await readFile(path, "utf8").catch(() => undefined);
}
