import { basename, isAbsolute, join } from "node:path";
import type { DebugClient } from "@vscode/debugadapter-testsupport";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { keepPartialRequest, retryStageRequest, runToRequest, skipStageRequest } from "#protocol";
import { pipelinePath } from "./adapter-process.ts";

/** Drives a session and writes down what a person would see of it, as text that can be compared. */
export interface Transcript {
  launch(pipeline: string, options?: LaunchOptions): Promise<void>;
  /** Replaces the breakpoints of a pipeline's file. */
  setBreakpoints(pipeline: string, asked: readonly AskedBreakpoint[]): Promise<void>;
  setFunctionBreakpoints(asked: readonly DebugProtocol.FunctionBreakpoint[]): Promise<void>;
  /** Writes the stages that a branch is at, innermost first, and where in which file. */
  where(): Promise<void>;
  /** Writes what there is to know of the failure that the run is stopped at. */
  exceptionInfo(): Promise<void>;
  /** Sets data breakpoints on rows of the Variables view, such as `Upstream/draft/scores`, or on expressions. */
  watch(asked: readonly Watched[]): Promise<void>;
  /** Does one step and waits for the next stop or the end; on the thread that stopped unless told otherwise. */
  step(command: Move, on?: { readonly thread?: number; readonly singleThread?: true }): Promise<void>;
  /** Writes the threads, each with its stack. */
  threads(): Promise<void>;
  terminateThread(thread: number): Promise<void>;
  /** Jumps to the last time that the stage on a line was come to. */
  jump(line: number): Promise<void>;
  /** Writes the call stack and the opened scopes of the stop. */
  look(): Promise<void>;
  evaluate(expression: string): Promise<void>;
  /** Sets a row of the Variables view, such as `Upstream/draft/scores`, by hand. */
  setVariable(row: string, value: string): Promise<void>;
  setExpression(expression: string, value: string): Promise<void>;
  /** Goes on to a stage of a pipeline, and waits for the next stop or the end. */
  runTo(pipeline: string, stage: string): Promise<void>;
  /** Leaves out the stage that the run is stopped before, and waits for the next stop or the end. */
  skipStage(): Promise<void>;
  /** Tries the stage again that the run is stopped after, and waits for the next stop or the end. */
  retryStage(): Promise<void>;
  /** The same for the innermost frame, as DAP has it. */
  restartFrame(): Promise<void>;
  /** Keeps what has come of an answer, and waits for the next stop or the end. */
  keepPartial(): Promise<void>;
  /** Resolves at the end of the session. */
  ended(): Promise<void>;
  /** Resolves once that line is written. */
  noted(line: string): Promise<void>;
  text(): string;
}

export type Move = "next" | "stepIn" | "stepOut" | "continue" | "stepBack" | "reverseContinue";

export interface LaunchOptions {
  /** A recorded run to look at, in place of running the pipeline. */
  readonly replay?: string;
  /** Attaches to a run of the pipeline that is under way, in place of launching it. */
  readonly attach?: true;
  /** Where the pipelines are; those of these tests unless given. */
  readonly folder?: string;
  readonly lines1?: readonly AskedBreakpoint[];
  /** Breakpoints in files of other pipelines, by their names. */
  readonly elsewhere?: Readonly<Record<string, readonly AskedBreakpoint[]>>;
  readonly exceptions?: DebugProtocol.SetExceptionBreakpointsArguments;
  readonly functions?: readonly DebugProtocol.FunctionBreakpoint[];
  readonly more?: Record<string, unknown>;
}

/** A row to be watched, or an expression. */
export interface Watched extends Omit<DebugProtocol.DataBreakpoint, "dataId"> {
  readonly row: string;
}

/** A line, or a breakpoint with its terms. */
export type AskedBreakpoint = number | DebugProtocol.SourceBreakpoint;

/** Levels of a scope's tree that a look opens. */
const depth = 3;

export function transcribe(client: DebugClient): Transcript {
  const lines: string[] = [];
  let stop: DebugProtocol.StoppedEvent["body"] | null = null;
  let frameId: number | undefined;
  let path = "";
  let folder: string | undefined;
  const pathOf = (name: string): string =>
    isAbsolute(name)
      ? name
      : folder === undefined
        ? pipelinePath(name)
        : join(folder, `${name}.pipeline.json`);
  let wait: { readonly line: string; readonly found: () => void } | null = null;
  const note = (line: string): void => {
    lines.push(line);
    if (line === wait?.line) wait.found();
  };

  client.on("output", (event: DebugProtocol.OutputEvent) => {
    for (const line of event.body.output.trimEnd().split("\n")) note(`  ${event.body.category}| ${line}`);
  });

  let wake = (): void => {};
  const nextStop = (): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve;
    });
  client.on("stopped", (event: DebugProtocol.StoppedEvent) => {
    stop = event.body;
    const { reason, hitBreakpointIds, description, text } = event.body;
    // Which of those on lines it was, its line tells.
    const ids = reason === "breakpoint" ? [] : (hitBreakpointIds ?? []);
    const told = ["stopped:", reason, ...ids].join(" ");
    const on = event.body.allThreadsStopped === true ? [] : [`thread ${event.body.threadId} only`];
    note([told, ...on, ...[description, text].filter((each) => each !== undefined)].join(" — "));
    wake();
  });
  client.on("thread", (event: DebugProtocol.ThreadEvent) => {
    note(`thread ${event.body.threadId} ${event.body.reason}`);
  });
  client.on("terminated", () => {
    stop = null;
    note("terminated");
    wake();
  });

  const tree = async (reference: number, indent: string, level: number): Promise<void> => {
    const { body } = await client.variablesRequest({ variablesReference: reference });
    for (const variable of body.variables) {
      const byHand = variable.type?.endsWith("set by hand") === true ? " (set by hand)" : "";
      note(`${indent}${variable.name} = ${variable.value}${byHand}`);
      if (variable.variablesReference > 0 && level > 1)
        await tree(variable.variablesReference, `${indent}  `, level - 1);
    }
  };

  const setBreakpoints = async (name: string, asked: readonly AskedBreakpoint[]): Promise<void> => {
    const { body } = await client.setBreakpointsRequest({
      source: { path: pathOf(name) },
      breakpoints: asked.map((each) => (typeof each === "number" ? { line: each } : each)),
    });
    for (const [index, { line, verified, message }] of body.breakpoints.entries())
      note(`breakpoint: line ${line}${termsOf(asked[index])} ${verified ? "verified" : message}`);
  };

  const setFunctionBreakpoints = async (
    asked: readonly DebugProtocol.FunctionBreakpoint[],
  ): Promise<void> => {
    const { body } = await client.setFunctionBreakpointsRequest({ breakpoints: [...asked] });
    for (const [index, { verified, message }] of body.breakpoints.entries())
      note(
        `breakpoint: ${asked[index]?.name}${termsOf(asked[index])} ${verified ? "verified" : `refused: ${message}`}`,
      );
  };
  client.on("breakpoint", ({ body: { reason, breakpoint } }: DebugProtocol.BreakpointEvent) => {
    note(`breakpoint ${breakpoint.id} ${reason}: ${breakpoint.verified ? "verified" : breakpoint.message}`);
  });

  const where = async (): Promise<void> => {
    const { body } = await client.stackTraceRequest({ threadId: stop?.threadId ?? 1 });
    for (const frame of body.stackFrames) note(`  at ${frame.name} (${frame.source?.name}:${frame.line})`);
    frameId = body.stackFrames[0]?.id;
  };

  /** The frame of the stop, which is not written down. */
  const find = async (): Promise<void> => {
    const { body } = await client.stackTraceRequest({ threadId: stop?.threadId ?? 1 });
    frameId = body.stackFrames[0]?.id;
  };

  const setExceptions = async (asked: DebugProtocol.SetExceptionBreakpointsArguments): Promise<void> => {
    const { body } = await client.setExceptionBreakpointsRequest(asked);
    const names = [
      ...asked.filters,
      ...(asked.filterOptions ?? []).map((each) => `${each.filterId}${termsOf(each)}`),
    ];
    for (const [index, { verified, message }] of (body?.breakpoints ?? []).entries())
      note(`filter: ${names[index]} ${verified ? "verified" : `refused: ${message}`}`);
  };

  /** A row of the Variables view by its scope and path, `Upstream/draft/scores`; without a slash an expression. */
  const rowNamed = async (row: string): Promise<DebugProtocol.DataBreakpointInfoArguments> => {
    const steps = row.split("/");
    const name = steps.at(-1) ?? "";
    if (frameId === undefined) throw new Error("nothing was looked at yet");
    if (steps.length === 1) return { name, frameId };
    const { body } = await client.scopesRequest({ frameId });
    let reference = body.scopes.find((scope) => scope.name === steps[0])?.variablesReference ?? 0;
    for (const step of steps.slice(1, -1)) {
      if (reference === 0) throw new Error(`there is no row ${row} at this stop`);
      const { body: children } = await client.variablesRequest({ variablesReference: reference });
      reference = children.variables.find((each) => each.name === step)?.variablesReference ?? 0;
    }
    return { name, variablesReference: reference };
  };

  return {
    exceptionInfo: async () => {
      const { body } = await client.exceptionInfoRequest({ threadId: stop?.threadId ?? 1 });
      note(`  ${body.exceptionId} (${body.breakMode}): ${body.description}`);
      for (const line of body.details?.stackTrace?.split("\n") ?? []) note(`    ${line}`);
    },
    watch: async (asked) => {
      const breakpoints: DebugProtocol.DataBreakpoint[] = [];
      for (const { row, accessType, ...terms } of asked) {
        const at = await rowNamed(row);
        const { body } = await client.dataBreakpointInfoRequest(at);
        const access = body.accessTypes === undefined ? "" : ` (${body.accessTypes.join(", ")})`;
        note(`  data of ${row}: ${body.description}${access}`);
        if (body.dataId !== null)
          breakpoints.push({ dataId: body.dataId, accessType: accessType ?? "write", ...terms });
      }
      const { body } = await client.setDataBreakpointsRequest({ breakpoints });
      for (const [index, { verified, message }] of body.breakpoints.entries())
        note(
          `  watch ${breakpoints[index]?.accessType}${termsOf(breakpoints[index])}: ${verified ? "verified" : `refused: ${message}`}`,
        );
    },
    setFunctionBreakpoints,
    setBreakpoints,
    launch: async (pipeline, options = {}) => {
      const { replay } = options;
      folder = options.folder;
      path = pathOf(pipeline);
      const verb = options.attach === true ? "attach to" : "launch";
      note(replay === undefined ? `${verb} ${basename(pipeline)}` : `look at the record of ${pipeline}`);
      const first = nextStop();
      client.once("exited", (event: DebugProtocol.ExitedEvent) => note(`exited: ${event.body.exitCode}`));
      const initialized = client.waitForEvent("initialized");
      await client.initializeRequest();
      await initialized;
      const launch = {
        ...(replay === undefined ? { pipeline: path } : { replay, cwd: folder }),
        // The pipelines lie in the sources, where no record belongs.
        record: false,
        ...options.more,
      };
      const launched =
        options.attach === true
          ? client.attachRequest(options.more as DebugProtocol.AttachRequestArguments)
          : client.launchRequest(launch as DebugProtocol.LaunchRequestArguments);
      const files = [[pipeline, options.lines1 ?? []] as const, ...Object.entries(options.elsewhere ?? {})];
      for (const [name, lines1] of files) {
        await setBreakpoints(name, lines1);
      }
      if (options.functions !== undefined) await setFunctionBreakpoints(options.functions);
      if (options.exceptions !== undefined) await setExceptions(options.exceptions);
      await client.configurationDoneRequest();
      await launched;
      await first;
    },
    step: async (command, { thread, singleThread } = {}) => {
      const only = singleThread === true ? " by itself" : "";
      note(`> ${command}${thread === undefined ? "" : ` thread ${thread}${only}`}`);
      const next = nextStop();
      const threadId = thread ?? stop?.threadId ?? 1;
      await client.send(command, { threadId, ...(singleThread === true ? { singleThread } : {}) });
      await next;
    },
    threads: async () => {
      const { body } = await client.threadsRequest();
      for (const { id, name } of body.threads) {
        const { body: stack } = await client.stackTraceRequest({ threadId: id });
        const frames = stack.stackFrames.map((frame) => frame.name).join(" < ");
        note(`  thread ${id} ${name}: ${frames === "" ? "under way" : frames}`);
      }
    },
    terminateThread: async (thread) => {
      note(`> terminate thread ${thread}`);
      await client.send("terminateThreads", { threadIds: [thread] });
    },
    where,
    jump: async (line) => {
      note(`> jump to line ${line}`);
      const { body } = await client.gotoTargetsRequest({ source: { path }, line });
      note(`  targets: ${body.targets.map(({ label }) => label).join(", ")}`);
      const next = nextStop();
      const targetId = body.targets.at(-1)?.id ?? 0;
      await client.gotoRequest({ threadId: stop?.threadId ?? 1, targetId });
      await next;
    },
    look: async () => {
      await where();
      if (frameId === undefined) return;
      const { body: scopes } = await client.scopesRequest({ frameId });
      for (const scope of scopes.scopes) {
        // Settings of the stage and the environment of this machine have tests of their own.
        if (scope.name === "Config" || scope.name === "Env") continue;
        note(`  ${scope.name}:`);
        await tree(scope.variablesReference, "    ", depth);
      }
    },
    evaluate: async (expression) => {
      const answer = await client
        .evaluateRequest({ expression, context: "watch", ...(frameId === undefined ? {} : { frameId }) })
        .then(({ body }) => `${body.result} : ${body.type}`)
        .catch((error: Error) => `error: ${error.message}`);
      note(`  ? ${expression} → ${answer}`);
    },
    setVariable: async (row, value) => {
      await find();
      const { name, variablesReference = 0 } = await rowNamed(row);
      const set = client.setVariableRequest({ variablesReference, name, value });
      note(`  ${row} := ${value} → ${await answerOf(set)}`);
    },
    setExpression: async (expression, value) => {
      await find();
      const args = { expression, value, ...(frameId === undefined ? {} : { frameId }) };
      const set = client.customRequest("setExpression", args) as Promise<DebugProtocol.SetVariableResponse>;
      note(`  ${expression} := ${value} → ${await answerOf(set)}`);
    },
    runTo: async (name, stage) => {
      note(`> run to ${stage}`);
      const next = nextStop();
      await client.customRequest(runToRequest.name, { path: pathOf(name), stage });
      await next;
    },
    skipStage: async () => {
      note("> skip the stage");
      const next = nextStop();
      await client.customRequest(skipStageRequest.name, { threadId: stop?.threadId ?? 1 });
      await next;
    },
    retryStage: async () => {
      note("> retry the stage");
      const next = nextStop();
      await client.customRequest(retryStageRequest.name, { threadId: stop?.threadId ?? 1 });
      await next;
    },
    restartFrame: async () => {
      await find();
      note("> restart the frame");
      const next = nextStop();
      await client.customRequest("restartFrame", { frameId: frameId ?? 0 });
      await next;
    },
    keepPartial: async () => {
      note("> keep what has come");
      const next = nextStop();
      await client.customRequest(keepPartialRequest.name, { threadId: stop?.threadId ?? 1 });
      await next;
    },
    ended: async () => {
      while (!lines.includes("terminated")) await nextStop();
    },
    noted: (line) =>
      new Promise((found) => {
        if (lines.includes(line)) found();
        else wait = { line, found };
      }),
    // The id of a run and the time that a call takes are others each time.
    text: () =>
      `${lines.join("\n")}\n`
        .replaceAll(/\b\d{8}-\d{6}-[0-9a-z]{5}\b/g, "<run>")
        .replaceAll(/\b127\.0\.0\.1:\d{4,5}\b/g, "<server>")
        .replaceAll(/trying again in \d+ ms|tried again in \d+ ms/g, (text) => text.replace(/\d+/, "<wait>"))
        .replaceAll(/((?:execution_time_ms|duration_ms|durationMs)"?[:=]? =? ?)\d+/g, "$1<ms>"),
  };
}

async function answerOf(set: Promise<DebugProtocol.SetVariableResponse>): Promise<string> {
  return await set
    .then(({ body }) => `${body.value} : ${body.type}`)
    .catch((error: Error) => `refused: ${error.message}`);
}

type Terms = Pick<DebugProtocol.SourceBreakpoint, "condition" | "hitCondition" | "logMessage">;

function termsOf(asked: number | Terms | undefined): string {
  if (asked === undefined || typeof asked === "number") return "";
  const { condition, hitCondition, logMessage } = asked;
  const terms = Object.entries({ if: condition, hit: hitCondition, log: logMessage });
  return terms.map(([name, text]) => (text === undefined ? "" : ` ${name} ${text}`)).join("");
}
