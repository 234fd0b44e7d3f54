import * as vscode from "vscode";
import {
  keepPartialRequest,
  pinRequest,
  retryStageRequest,
  runToRequest,
  type StageControl,
  skipStageRequest,
  unpinRequest,
} from "#protocol";
import { type Edge, Refusal } from "../edge.ts";
import { type KeptPins, type PinSource, pinNote } from "../pins/kept-pins.ts";
import type { CallStackPlace } from "./call-stack-place.ts";
import { branchAt, branchesOf, chooseBranch, chooseBranchAt } from "./debugged-place.ts";
import type { DebuggedSessions } from "./debugged-sessions.ts";
import type { RunViews } from "./run-views.ts";

/** A stage of a file. */
export interface StagePlace {
  /** The pipeline that is looked at. */
  readonly document: vscode.TextDocument;
  readonly stage: string;
}

/** How the user has a run go on in another way than by steps, and what stages are pinned to. */
export interface RunControl {
  /** Acts on the branch of a menu of the call stack, else on the one that is selected there. */
  onBranch(control: BranchControl, menu: CallStackPlace | undefined): Promise<void>;
  /** Acts on a stage that is chosen on a canvas or in a text. */
  onStage(control: StageControl, place: StagePlace): Promise<void>;
  /** Pins what the stage of that branch gave last. */
  pinBranch(menu: CallStackPlace): Promise<void>;
  /** Lists the pins of a pipeline, of which the user may choose some to take away. */
  showPins(pipeline: vscode.Uri): Promise<void>;
}

/** What is done with the stage that a branch is at. */
export type BranchControl = Extract<StageControl, "skip" | "retry" | "keep-partial">;

const branchRequests = {
  skip: skipStageRequest,
  retry: retryStageRequest,
  "keep-partial": keepPartialRequest,
} as const;

/** Controls the run that a menu or a canvas is of, else the one in front. `homeOf` gives the file that a stage is written in. */
export function createRunControl({
  edge,
  runs,
  sessions,
  pins,
  source,
  homeOf,
  startFrom,
}: {
  readonly edge: Edge;
  readonly runs: RunViews;
  readonly sessions: DebuggedSessions;
  readonly pins: KeptPins;
  readonly source: PinSource;
  readonly homeOf: (document: vscode.TextDocument, stage: string) => Promise<vscode.TextDocument>;
  readonly startFrom: (session: vscode.DebugSession, address: string) => Promise<void>;
}): RunControl {
  /** What the adapter refuses VS Code says itself, with the adapter's words. */
  const ask = async (session: vscode.DebugSession, name: string, args: object): Promise<boolean> => {
    try {
      await session.customRequest(name, args);
      return true;
    } catch (error) {
      edge.log.info(`${name} of ${session.name}: ${error instanceof Error ? error.message : String(error)}`);
      if (vscode.debug.activeDebugSession?.id !== session.id)
        throw new Refusal(`The session “${session.name}” has ended, and nothing was done.`);
      return false;
    }
  };

  const pin = async (session: vscode.DebugSession, address: string): Promise<void> => {
    await ask(session, pinRequest.name, { stage: address });
  };

  /** A session of the file, which has to hear of what is pinned. */
  const sessionOf = (uri: vscode.Uri): vscode.DebugSession | undefined => {
    const { phase } = runs.of(uri);
    if (phase !== "running" && phase !== "stopped") return undefined;
    const session = sessions.showing(uri);
    const root: unknown = session.configuration["pipeline"];
    // Pins of a called pipeline are none of its caller's run.
    const isOther = typeof root === "string" && vscode.Uri.file(root).fsPath !== uri.fsPath;
    return session.configuration.request === "attach" || isOther ? undefined : session;
  };

  const unpin = async (uri: vscode.Uri, stages: readonly string[]): Promise<void> => {
    if (!vscode.workspace.isTrusted)
      throw new Refusal(
        "This workspace is not trusted: its pins can be looked at, not changed. Trust it first.",
      );
    const session = sessionOf(uri);
    for (const stage of stages) {
      if (session === undefined) await source.unpinKept(uri, stage);
      else await ask(session, unpinRequest.name, { stage });
    }
    await pins.refresh(uri);
  };

  return {
    async onBranch(control, menu) {
      const session = sessions.of(menu);
      const { threadId } = await chooseBranch(session, menu);
      await ask(session, branchRequests[control].name, { threadId });
    },
    async onStage(control, { document, stage }) {
      switch (control) {
        case "skip":
        case "retry":
        case "keep-partial": {
          const session = sessions.showing(document.uri);
          const { threadId } = await chooseBranchAt(session, document.uri, stage);
          await ask(session, branchRequests[control].name, { threadId });
          return;
        }
        case "run-to": {
          const home = await homeOf(document, stage);
          await ask(sessions.showing(document.uri), runToRequest.name, { path: home.uri.fsPath, stage });
          return;
        }
        case "pin": {
          const session = sessions.showing(document.uri);
          const at = branchAt(session, await branchesOf(session), document.uri, stage);
          await pin(session, at?.name ?? stage);
          await pins.refresh(document.uri);
          return;
        }
        case "start-from": {
          const session = sessions.showing(document.uri);
          const at = branchAt(session, await branchesOf(session), document.uri, stage);
          await startFrom(session, at?.name ?? stage);
          return;
        }
        case "unpin":
          return await unpin(document.uri, [stage]);
      }
    },
    async pinBranch(menu) {
      const session = sessions.of(menu);
      const { name } = await chooseBranch(session, menu);
      await pin(session, name);
    },
    async showPins(pipeline) {
      const kept = await pins.refresh(pipeline);
      if (kept.length === 0)
        throw new Refusal(
          "No stage of this pipeline is pinned. While it is debugged, Pin Output of Stage has a stage give what it gave last, without running.",
        );
      const chosen = await vscode.window.showQuickPick(
        kept.map((each) => ({ label: `$(pinned) ${each.stage}`, detail: pinNote(each), stage: each.stage })),
        {
          title: "Pinned Stages",
          placeHolder: "They do not run. Choose those that are to run again",
          canPickMany: true,
        },
      );
      if (chosen !== undefined && chosen.length > 0)
        await unpin(
          pipeline,
          chosen.map(({ stage }) => stage),
        );
    },
  };
}
