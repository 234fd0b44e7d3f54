import type { RunFailure } from "#core/journal";
import type { RunPlan } from "../plan/run-plan.ts";
import { replay } from "../resume/replay.ts";
import type { StartFrom } from "../resume/start-from.ts";
import { advance } from "../schedule/advance.ts";
import type { Command } from "../schedule/command.ts";
import { createQueue, dequeue, enqueue } from "../schedule/queue.ts";
import { type Ending, emptySchedule } from "../schedule/state.ts";
import { cutOffOne } from "./attempt-steps.ts";
import { beginAttempt, expire } from "./attempts.ts";
import { watchBudget } from "./budget.ts";
import { cancelOne } from "./cancel-one.ts";
import { carryOut } from "./carry-out.ts";
import { createDeadlines } from "./deadlines.ts";
import { deliver, dueDelivery, resultAfter } from "./deliver.ts";
import { endWait } from "./end-wait.ts";
import { createHeldTime } from "./held-time.ts";
import { createLanes, noLanes } from "./lanes.ts";
import { liveIn } from "./live.ts";
import { override } from "./override.ts";
import { mainPipeline } from "./pipeline-run.ts";
import { recordBeginning, recordFork } from "./record-beginning.ts";
import { createRecorder } from "./recorder.ts";
import { retryOne, whyNoRetry } from "./retry-one.ts";
import type { Run, RunOptions, RunResult } from "./run.ts";
import { frameOfPipeline } from "./run-frame.ts";
import { runOutOfTime } from "./run-limit.ts";
import { resultOf } from "./run-result.ts";
import { scopeAt } from "./scope-at.ts";
import type { Session } from "./session.ts";
import { skipOne } from "./skip-one.ts";
import { createTurns } from "./turns.ts";

/** Milliseconds that executors which were told to stop are waited for when the run is over. */
const GRACE_MS = 5000;

/**
 * Starts a run; it begins in the next microtask, so that the caller can attach itself first. All that happens in it
 * goes to `options.journal`, the end included.
 */
export function startRun(plan: RunPlan, options: RunOptions): Run {
  const { clock, journal } = options;
  const id = options.runId ?? options.random.id();
  const schedule = emptySchedule(plan);
  const budget = watchBudget(plan, options.onEvent, {
    run: (failure) => stop(failure),
    call: (address, failure) => {
      if (phase === "running") session.apply(recorder.record({ kind: "stage-ending", address, failure }));
    },
  });
  const recorder = createRecorder(journal, clock, budget.onEvent, options.startFrom?.nextSeq ?? 0);
  const root = frameOfPipeline(schedule.root, mainPipeline(plan), null);
  const held = options.gate === undefined ? null : createHeldTime(options.gate, clock);
  const over = new AbortController();
  /** Aborts the delivery of the result. */
  const undelivered = new AbortController();
  const commands = createQueue<Command>();
  const turns = createTurns(clock);
  let working = false;
  let phase: "waiting" | "running" | "delivering" | "ended" = "waiting";
  let cancelled = false;
  let broken: { readonly error: unknown } | null = null;
  let quiet: (() => void) | null = null;

  const outcome = Promise.withResolvers<RunResult>();

  const isOver = (): boolean => phase === "delivering" || phase === "ended";

  const crash = (error: unknown): void => {
    phase = "ended";
    endWait(over);
    session.deadlines.dispose();
    for (const live of liveIn(session.frames.values())) {
      live.ended = true;
      live.stop.abort();
    }
    session.frames.clear();
    outcome.reject(error);
  };

  const session: Session = {
    id,
    provider: plan.provider,
    callees: plan.callees,
    options: held === null ? options : { ...options, gate: held.gate },
    schedule,
    recorder,
    deadlines: createDeadlines(
      clock,
      () => liveIn(session.frames.values()),
      (live) => expire(session, live),
      crash,
    ),
    lanes: options.gate === undefined ? noLanes : createLanes(),
    root,
    frames: new Map([["", root]]),
    owners: new Map(),
    lastLane: 0,
    safeStarts: Promise.resolve(),
    executing: 0,
    heldMs: () => held?.total() ?? 0,
    begin: (frame, stage, attempt) => beginAttempt(session, frame, stage, attempt),
    settled: () => {
      session.executing -= 1;
      if (session.executing === 0) quiet?.();
    },
    apply: (event, opened, place) => {
      if (isOver()) return;
      try {
        advance(schedule, event, take, place);
        const frame = opened === undefined ? undefined : schedule.frames.get(opened.key);
        if (opened !== undefined && frame !== undefined) session.frames.set(opened.key, opened.frame(frame));
      } catch (error) {
        // Here and not at the executor that told of the event: it is not to blame.
        return crash(error);
      }
      // Without a gate an event is applied as soon as it is recorded.
      work(options.gate === undefined ? event.at : undefined);
    },
    giveUp: (error) => {
      broken ??= { error };
      const message = `The run was stopped by a defect: ${error instanceof Error ? error.message : String(error)}`;
      stop({ type: "UNKNOWN", message, recoverable: false, stage: null });
    },
    crash,
  };

  const take = (command: Command): void => {
    enqueue(commands, command);
    if (command.kind !== "cancel") return;
    const frame = session.frames.get(command.frame.key);
    if (frame === undefined || frame.live[command.index] !== undefined) return;
    frame.doomed ??= new Set();
    frame.doomed.add(command.index);
  };

  /**
   * Does what is to be done, in order; what comes up meanwhile joins the end. Never recursive, however long the chain.
   * `now` is the time, where it was just read: reading it takes as long as much else that a stage needs.
   */
  const work = (now?: number): void => {
    if (working) return;
    working = true;
    workOn(now);
  };

  const workOn = (now?: number): void => {
    let at = now;
    try {
      for (let next = dequeue(commands); next !== undefined; next = dequeue(commands)) {
        perform(next, at);
        // Executors may have run meanwhile.
        at = undefined;
        if (!turns.isDue()) continue;
        turns.take(over.signal).then(() => workOn(), crash);
        return;
      }
    } catch (error) {
      crash(error);
    }
    working = false;
  };

  const perform = (command: Command, at: number | undefined): void => {
    if (isOver()) return;
    if (command.kind === "end-run") return end(command.ending);
    carryOut(session, command, at);
  };

  const stop = (failure: RunFailure | null): void => {
    if (phase === "running") session.apply(recorder.record({ kind: "run-ending", failure }));
  };

  const end = (ending: Ending | null): void => {
    endWait(over);
    session.deadlines.dispose();
    const result = resultOf(root, ending);
    const isDelivered = broken !== null || options.startFrom?.isDelivered === true;
    const due = isDelivered ? null : dueDelivery(plan.delivery, result);
    if (due === null) return finish(result);
    phase = "delivering";
    deliver(session, root, due, result, undelivered.signal)
      .then((delivered) => finish(resultAfter(result, delivered)))
      .catch(crash);
  };

  const finish = (result: RunResult): void => {
    phase = "ended";
    options.signal?.removeEventListener("abort", cancel);
    recorder.record({
      kind: "run-finished",
      status: result.status,
      output: result.output === undefined ? null : recorder.put(result.output),
      failure: result.failure,
    });
    report(result).catch(outcome.reject);
  };

  const report = async (result: RunResult): Promise<void> => {
    if (session.executing > 0) {
      const patience = new AbortController();
      const stopped = new Promise<void>((resolve) => {
        quiet = resolve;
      });
      await Promise.race([stopped, clock.sleep(GRACE_MS, patience.signal)]);
      endWait(patience);
    }
    await journal.flush();
    if (broken === null) outcome.resolve(result);
    else outcome.reject(broken.error);
  };

  const begin = (): void => {
    if (phase !== "waiting") return;
    phase = "running";
    if (options.startFrom !== undefined) return goOn(options.startFrom);
    const event = recordBeginning(recorder, plan, id);
    budget.begin(null);
    limitRun().catch(crash);
    if (!cancelled) return session.apply(event);
    // Both are taken in before anything is done, so that nothing starts.
    advance(schedule, event, take);
    stop(null);
  };

  /** Instead of beginning. */
  const goOn = (from: StartFrom): void => {
    // First, so that a record that does not fit together leaves nothing in the journal.
    const due = replay(session, from);
    if (from.resumed.fork !== null) recordFork(recorder, plan, id, from);
    recorder.record(from.resumed);
    for (const command of due) take(command);
    limitRun().catch(crash);
    const spent = budget.begin(from);
    if (cancelled || spent !== null) return stop(cancelled ? null : spent);
    budget.stopCalls();
    work();
  };

  const limitRun = async (): Promise<void> => {
    const failure = await runOutOfTime(plan, session, options.startFrom ?? null, over.signal);
    if (failure !== null) stop(failure);
  };

  const cancel = (): void => {
    cancelled = true;
    undelivered.abort();
    stop(null);
  };

  options.signal?.addEventListener("abort", cancel, { once: true });
  if (options.signal?.aborted === true) cancel();
  queueMicrotask(() => {
    try {
      begin();
    } catch (error) {
      crash(error);
    }
  });

  return {
    id,
    finished: outcome.promise,
    cancel,
    skipStage: (address, reason) => phase === "running" && skipOne(session, address, reason),
    cancelStage: (address) => phase === "running" && cancelOne(session, address),
    scopeAt: (address) => scopeAt(session, root, address),
    cutOffAnswer: (address) => phase === "running" && cutOffOne(session, address),
    retryStage: (address) => phase === "running" && retryOne(session, address),
    whyNoRetry: (address) => (phase === "running" ? whyNoRetry(session, address) : "the run is over"),
    override: (change) =>
      phase === "running" ? override(session, change) : { ok: false, reason: "the run is over" },
  };
}
