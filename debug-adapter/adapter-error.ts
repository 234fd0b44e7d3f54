/** A request that cannot be done, for a reason the user can act on. Becomes the request's error response. */
export class AdapterError extends Error {
  override readonly name = "AdapterError";
  /** Shown in a dialog when `user`; only returned to the client when `silent` (hovers, stale references). */
  readonly audience: "user" | "silent";

  constructor(message: string, audience: "user" | "silent") {
    super(message);
    this.audience = audience;
  }
}

/** The catalogue: each error of the adapter is made here and nowhere else. */
export const adapterErrors = {
  invalidLaunch: (reason: string) =>
    new AdapterError(
      `The launch configuration cannot be used: ${reason}. Mend it in .vscode/launch.json.`,
      "user",
    ),
  unreadable: (path: string, reason: string) =>
    new AdapterError(`Cannot read ${path}: ${reason}. Check the path in the launch configuration.`, "user"),
  invalidInput: (where: string, reason: string) =>
    new AdapterError(`${where} is not a JSON object: ${reason}.`, "user"),
  unusableSecret: (message: string) => new AdapterError(message, "user"),
  unusableTraces: (message: string) => new AdapterError(message, "user"),
  unusableCassette: (message: string) => new AdapterError(message, "user"),
  unusableWorkspace: (message: string) => new AdapterError(message, "user"),
  cannotRun: (path: string, problems: readonly string[]) =>
    new AdapterError(
      `${path} cannot run: ${problems[0] ?? "it has errors"}${problems.length > 1 ? ` (and ${problems.length - 1} more: see the Debug Console)` : ""}`,
      "user",
    ),
  cannotRecord: (message: string) =>
    new AdapterError(
      `${message} With "record": false in the launch configuration the run leaves no record.`,
      "user",
    ),
  unusableRecord: (message: string) => new AdapterError(message, "user"),
  notForkable: () =>
    new AdapterError(
      'This run cannot be forked: it leaves no record. Leave "record": false out of its launch configuration.',
      "user",
    ),
  noEvent: (run: string, name: string, at: number, last: number) =>
    new AdapterError(
      `The run ${run} has no event ${at}, as "${name}" says; its last one is ${last}. Name one of 0 to ${last}.`,
      "user",
    ),
  unusableEdit: (written: string, reason: string) =>
    new AdapterError(`${written} cannot be changed in a fork: ${reason}`, "user"),
  effectsAgain: (stages: readonly string[]) =>
    new AdapterError(
      `These stages may have had their effect already, and would have it again: ${stages.join(", ")}. Look whether they had; to run them again, set "repeatEffects" of the fork.`,
      "user",
    ),
  notInRecord: (address: string) =>
    new AdapterError(
      `The record does not tell what ${address} sees: it has no text of the pipeline that it is in.`,
      "silent",
    ),
  alreadyLaunched: () =>
    new AdapterError("This session has already launched a pipeline; start another session.", "user"),
  nothingToAttachTo: () =>
    new AdapterError(
      "There is no run here to attach to. Start one with fm run FILE --debug-port PORT, and connect to that port.",
      "user",
    ),
  onlyAttach: () =>
    new AdapterError(
      "This port belongs to a run that is under way. Attach to it; to launch a pipeline start another adapter.",
      "user",
    ),
  alreadyAttached: () =>
    new AdapterError("Another debugger is attached to this run. Disconnect it first.", "user"),
  runIsOver: () => new AdapterError("The run is over. Its record can be debugged with replay.", "user"),
  answeredElsewhere: () =>
    new AdapterError("The run was started in a terminal, and is answered there or with fm answer.", "silent"),
  notLaunched: () => new AdapterError("Nothing has been launched in this session yet.", "silent"),
  notStopped: () =>
    new AdapterError(
      "Nothing is stopped. Set a breakpoint on a stage or press Pause, then evaluate.",
      "silent",
    ),
  noJump: () =>
    new AdapterError(
      "Nothing to go to: the run has not come to a stage of this line. Choose the line of one that has run.",
      "user",
    ),
  runIsOn: () =>
    new AdapterError("The run goes on. Press Pause, or wait for a breakpoint, then go back in it.", "silent"),
  invalidArguments: (request: string, reason: string) =>
    new AdapterError(`The arguments of "${request}" cannot be used: ${reason}`, "silent"),
  noSource: () => new AdapterError("The record has no such text.", "silent"),
  inThePast: () =>
    new AdapterError(
      "What is shown is the past, and a record is never rewritten. Continue to where the run is live and set it there, or fork the run with the other value (fm fork).",
      "user",
    ),
  cannotSet: (name: string, reason: string) =>
    new AdapterError(`${name} cannot be set: ${reason}${/[.?]$/.test(reason) ? "" : "."}`, "user"),
  staleReference: () =>
    new AdapterError("The run has gone on; what this referred to is no longer there.", "silent"),
  unknownThread: (thread: number) => new AdapterError(`No branch ${thread} is stopped.`, "silent"),
  noneToRetry: (thread: number) =>
    new AdapterError(
      `Branch ${thread} is not stopped after a stage, so there is none to try again. Pause the run, or stop after the one that is meant.`,
      "user",
    ),
  noRetryInThePast: () =>
    new AdapterError(
      "What is shown is the past, and a record is never rewritten. Fork the run from here to have the stage tried again, or go forward to where the run is live.",
      "user",
    ),
  cannotRetry: (reason: string) => new AdapterError(`The stage cannot be tried again: ${reason}.`, "user"),
  noAnswer: (thread: number) =>
    new AdapterError(
      `Nothing has come yet of an answer that branch ${thread} waits for, so there is no part of it to keep. To give up waiting, cancel the stage.`,
      "user",
    ),
  cannotPin: (stage: string, reason: string) =>
    new AdapterError(`${stage} cannot be pinned: ${reason}.`, "user"),
  cannotUnpin: (stage: string) => new AdapterError(`${stage} is not pinned.`, "user"),
  unusablePins: (message: string) => new AdapterError(message, "user"),
  noPins: () =>
    new AdapterError(
      "Stages are pinned in a session that launched their pipeline, or looks at the record of one.",
      "user",
    ),
  notInThePast: () =>
    new AdapterError(
      "Nothing runs in the past. Go forward to where the run is live, and do it there.",
      "user",
    ),
  noStage: (stage: string, path: string) =>
    new AdapterError(`There is no stage "${stage}" in the run of ${path}.`, "user"),
  notBefore: (thread: number) =>
    new AdapterError(
      `Branch ${thread} is not stopped before a stage, so there is none to leave out. Stop before the one that is meant.`,
      "user",
    ),
  invalidRequest: (name: string, reason: string) =>
    new AdapterError(`The request ${name} cannot be used: ${reason}.`, "silent"),
  untraceable: (name: string) =>
    new AdapterError(
      `Where ${name} came from cannot be told: it is no part of the run, but of how it is shown. Choose an input, an output or a variable.`,
      "silent",
    ),
  valueLetGo: () =>
    new AdapterError("This value is not kept any more. Open it again from the Variables view.", "silent"),
  noSuchKind: (name: string, as: string, kinds: readonly string[]) =>
    new AdapterError(`${name} cannot be looked at as ${as}, but as ${kinds.join(", ")}.`, "silent"),
  nothingFailed: (thread: number) =>
    new AdapterError(`Nothing has failed where branch ${thread} is.`, "silent"),
  answer: (message: string) => new AdapterError(message, "silent"),
  modelAnswer: (message: string) => new AdapterError(message, "silent"),
  evaluation: (message: string) => new AdapterError(message, "silent"),
  unknownRequest: (command: string) =>
    new AdapterError(`The FlowMason adapter has no request "${command}".`, "silent"),
} as const;

/** The exit code of a defect of ours, as the command line has it. */
export const DEFECT_EXIT_CODE = 70;

/** The exit code after a client that does not speak the protocol. */
export const UNREADABLE_EXIT_CODE = 2;

/** What is shown of an error that is nobody's but ours. */
export function defectMessage(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `Defect in the FlowMason debug adapter, please report it: ${text}`;
}
