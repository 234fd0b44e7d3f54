import { spawn } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { signalGroup } from "../signal-group.ts";
import { hostFiles } from "./host-files.ts";
import { type FromProcess, fromProcess, type ToProcess } from "./messages.ts";

/** What a component may take: JavaScript's own heap, and all of the process together, in megabytes. */
export const memoryLimit = { heap: 512, process: 1024 } as const;

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
  const child = spawn(
    process.execPath,
    [
      `--max-old-space-size=${memoryLimit.heap}`,
      "--disable-warning=ExperimentalWarning",
      fileURLToPath(hostFiles().main),
      String(memoryLimit.process),
    ],
    // A group of its own, so that what a component starts ends with it.
    { cwd: root, env: environment(env), stdio: ["ignore", "pipe", "pipe", "ipc"], detached: isGroup },
  );
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
    if (read.success) listener?.message(read.data);
    // Only code of the user's that found the channel says anything else.
    else kill();
  });
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream]?.setEncoding("utf8").on("data", (text: string) => listener?.printed(stream, text));
  }
  child.on("error", (error) => finish({ kind: "unstartable", reason: error.message }));
  // After `exit`, when all that was printed has come.
  child.on("close", (code, signal) =>
    finish(signal === null ? { kind: "exited", code: code ?? 0 } : { kind: "killed", signal }),
  );
  // What a component started must not outlive it; what has left its group, and holds the streams, is not waited for.
  child.on("exit", () => {
    kill();
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
function environment(env: HostEnvironment["env"]): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _options, NODE_CHANNEL_FD: _channel, ...kept } = env;
  const asNode = process.env["ELECTRON_RUN_AS_NODE"];
  // Node's own fetch then goes through the proxies that the environment names, as ours does.
  return {
    ...kept,
    NODE_USE_ENV_PROXY: "1",
    ...(asNode === undefined ? {} : { ELECTRON_RUN_AS_NODE: asNode }),
  };
}
