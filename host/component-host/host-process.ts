import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { signalGroup } from "../signal-group.ts";
import { hostFiles } from "./host-files.ts";
import { memoryLimit } from "./memory-limit.ts";
import { type FromProcess, fromProcess, type ToProcess } from "./messages.ts";
import { guardProcess, guardVariable } from "./process-guard.ts";

/** Milliseconds for what an ended process has printed to arrive. */
const drainMs = 1000;

/** Where processes run. */
export interface HostEnvironment {
  /** The project's root, absolute. */
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What is heard of a process. */
export interface ProcessListener {
  readonly message: (message: FromProcess) => void;
  readonly printed: (stream: "stdout" | "stderr", text: string) => void;
  /** The last of all. */
  readonly ended: (end: ProcessEnd) => void;
}

/** How a process ended, or why there was none. */
export type ProcessEnd =
  | { readonly kind: "exited"; readonly code: number }
  | { readonly kind: "killed"; readonly signal: NodeJS.Signals }
  /** Ended, since it said on the channel what only code of the user's can have said. */
  | { readonly kind: "misused" }
  | { readonly kind: "unstartable"; readonly reason: string };

/** A process of the component host. */
export interface HostProcess {
  send(message: ToProcess): void;
  /** From now on this one hears; null for nobody. */
  listen(listener: ProcessListener | null): void;
  /** Ends it and all that it started, at once. */
  kill(): void;
  readonly hasEnded: () => boolean;
}

/** Starts a process. It says `ready` when it can be given something to do. */
export function startHostProcess({ root, env }: HostEnvironment, first: ProcessListener): HostProcess {
  let listener: ProcessListener | null = first;
  let end: ProcessEnd | null = null;
  const isGroup = process.platform !== "win32";
  const mark = randomUUID();
  let isMisused = false;
  const child = spawn(
    process.execPath,
    [
      `--max-old-space-size=${memoryLimit.heap}`,
      "--disable-warning=ExperimentalWarning",
      fileURLToPath(hostFiles().main),
      String(memoryLimit.process),
    ],
    // A group of its own, so that what a component starts ends with it.
    { cwd: root, env: environment(env, mark), stdio: ["ignore", "pipe", "pipe", "ipc"], detached: isGroup },
  );
  const guard = isGroup && child.pid !== undefined ? guardProcess(child.pid, mark) : null;
  const kill = (): void => {
    if (isGroup && child.pid !== undefined) signalGroup(child.pid, "SIGKILL");
    else child.kill("SIGKILL");
  };
  const finish = (how: ProcessEnd): void => {
    if (end !== null) return;
    end = how;
    listener?.ended(how);
  };
  child.on("message", (message) => {
    const read = fromProcess.safeParse(message);
    if (read.success) return listener?.message(read.data);
    isMisused = true;
    kill();
  });
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream]?.setEncoding("utf8").on("data", (text: string) => listener?.printed(stream, text));
  }
  child.on("error", (error) => finish({ kind: "unstartable", reason: error.message }));
  // After `exit`, when all that was printed has come.
  child.on("close", (code, signal) => {
    if (isMisused) finish({ kind: "misused" });
    else finish(signal === null ? { kind: "exited", code: code ?? 0 } : { kind: "killed", signal });
  });
  // What a component started must not outlive it; what holds the streams all the same is not waited for.
  child.on("exit", () => {
    kill();
    guard?.leaderEnded();
    const timer = setTimeout(() => {
      child.stdout?.destroy();
      child.stderr?.destroy();
    }, drainMs);
    child.once("close", () => clearTimeout(timer));
  });
  return {
    send: (message) => {
      if (child.connected) child.send(message, () => {});
    },
    listen: (next) => {
      listener = next;
      if (end !== null) next?.ended(end);
    },
    kill,
    hasEnded: () => end !== null,
  };
}

/** Options that were meant for the process that starts this one would be printed about, or stop it. */
function environment(env: HostEnvironment["env"], mark: string): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _options, NODE_CHANNEL_FD: _channel, ...kept } = env;
  const asNode = process.env["ELECTRON_RUN_AS_NODE"];
  // Node's own fetch then goes through the proxies that the environment names, as ours does.
  return {
    ...kept,
    NODE_USE_ENV_PROXY: "1",
    [guardVariable]: mark,
    ...(asNode === undefined ? {} : { ELECTRON_RUN_AS_NODE: asNode }),
  };
}
