import type { Gate, Run } from "#core/engine";
import type { JournalEvent } from "#core/journal";
import type { StageAddress } from "#core/ports";
import type { Redactor } from "#core/secrets";
import type { RunStateBody } from "#protocol";
import { adapterErrors } from "../adapter-error.ts";
import type { NamedIn } from "../breakpoints/run-names.ts";
import type { Client } from "../connection.ts";
import type { LaunchedRun, RunDebugging } from "../launched-run.ts";
import { lookAt, type ObservedRun, type Telling, tellOf } from "../observed-run.ts";

/** A run of this process that a debugger can be attached to, one at a time. */
export interface AttachTarget {
  readonly names: NamedIn;
  readonly redactor: Redactor;
  /** The stages that are between their two gates. */
  stagesAtWork(): readonly StageAddress[];
  /** Throws where another debugger is attached, or the run is over. */
  attach(debugging: RunDebugging, client: Client, report: (body: RunStateBody) => void): LaunchedRun;
}

/** The same, as its process sees it. */
export interface AttachableRun extends AttachTarget {
  readonly gate: Gate;
  onEvent(event: JournalEvent): void;
  /** Called once it has been started. */
  began(run: Run): void;
  /** Called at its end, with the exit code; a debugger that is attached is told. */
  ended(exitCode: number): void;
  /** Resolves when the first debugger is attached. */
  readonly attached: Promise<void>;
}

interface Attached extends RunDebugging {
  readonly telling: Telling;
  readonly finished: (exitCode: number) => void;
}

export function attachableRun(observed: ObservedRun, names: NamedIn, redactor: Redactor): AttachableRun {
  let current: Attached | null = null;
  let isOver = false;
  const started = Promise.withResolvers<Run>();
  const first = Promise.withResolvers<void>();
  let run: Run | null = null;
  return {
    names,
    redactor,
    attached: first.promise,
    gate: observed.lanes.watch((point) => current?.gate(point)),
    onEvent: (event) => {
      observed.record(event);
      if (current === null) return;
      current.heard(event);
      current.telling.output.record(event);
      current.telling.reporter.record(event);
    },
    began: (begun) => {
      run = begun;
      started.resolve(begun);
    },
    ended: (exitCode) => {
      isOver = true;
      current?.telling.reporter.flush();
      current?.finished(exitCode);
      current = null;
    },
    stagesAtWork: () => observed.lanes.atWork().flatMap((lane) => observed.lanes.addressOf(lane) ?? []),
    attach: (debugging, client, report) => {
      if (current !== null) throw adapterErrors.alreadyAttached();
      if (isOver) throw adapterErrors.runIsOver();
      const telling = tellOf(observed, (body) => client.event("output", body), report);
      const finished = Promise.withResolvers<number>();
      const attached: Attached = { ...debugging, telling, finished: finished.resolve };
      // What has happened so far is to be seen, and counts for what handles a failure.
      for (const event of observed.history.events) {
        debugging.heard(event);
        telling.reporter.record(event);
      }
      current = attached;
      first.resolve();
      return {
        ...lookAt(observed, telling, {
          // Before it has begun there is nothing to look at and nothing to stop.
          id: "",
          finished: started.promise.then((begun) => begun.finished),
          cancel: () => void started.promise.then((begun) => begun.cancel()),
          cancelStage: (address) => run?.cancelStage(address) ?? false,
          skipStage: (address, reason) => run?.skipStage(address, reason) ?? false,
          cutOffAnswer: (address) => run?.cutOffAnswer(address) ?? false,
          retryStage: (address) => run?.retryStage(address) ?? false,
          whyNoRetry: (address) => (run === null ? "the run has not begun" : run.whyNoRetry(address)),
          override: (change) => run?.override(change) ?? { ok: false, reason: "the run has not begun" },
          scopeAt: (address) => run?.scopeAt(address),
        }),
        answer: () => {
          throw adapterErrors.answeredElsewhere();
        },
        modelAnswers: new Map(),
        leave: () => {
          if (current === attached) current = null;
        },
        finished: finished.promise,
      };
    },
  };
}
