import { type HostEnvironment, type HostProcess, startHostProcess } from "./host-process.ts";

/** Processes that run at the same time, at most; an attempt beyond waits for one to end. */
const mostProcesses = 16;

/** A process with the file whose components it runs; never two files in one. */
export interface PooledProcess {
  readonly file: string;
  readonly process: HostProcess;
  /** How many attempts it was taken for. */
  uses: number;
}

/**
 * Processes for attempts. A process that nothing was left behind in is used again for the same file, since starting one
 * takes longer than most components do.
 */
export interface ProcessPool {
  /** A process that does nothing yet; undefined when the signal aborts first. */
  take(file: string, signal: AbortSignal): Promise<PooledProcess | undefined>;
  /** Gives one back. */
  release(pooled: PooledProcess, state: "clean" | "spent"): void;
  /** Ends all processes; none is taken any more. */
  close(): void;
}

/** A pool without processes; each is started when it is needed. */
export function createProcessPool(environment: HostEnvironment): ProcessPool {
  const idle: PooledProcess[] = [];
  const all = new Set<PooledProcess>();
  const waiting: (() => void)[] = [];

  const drop = (pooled: PooledProcess): void => {
    pooled.process.kill();
    all.delete(pooled);
    const at = idle.indexOf(pooled);
    if (at >= 0) idle.splice(at, 1);
  };
  const start = (file: string): PooledProcess => {
    const none = (): void => {};
    const process = startHostProcess(environment, { message: none, printed: none, ended: none });
    const pooled = { file, process, uses: 0 };
    all.add(pooled);
    return pooled;
  };
  const takeNow = (file: string): PooledProcess | undefined => {
    const at = idle.findLastIndex((each) => each.file === file && !each.process.hasEnded());
    const [known] = at < 0 ? [] : idle.splice(at, 1);
    if (known !== undefined) return known;
    if (all.size >= mostProcesses) {
      const [other] = idle;
      if (other === undefined) return undefined;
      drop(other);
    }
    return start(file);
  };

  return {
    async take(file, signal) {
      for (;;) {
        if (signal.aborted) return undefined;
        const taken = takeNow(file);
        if (taken !== undefined) {
          taken.uses += 1;
          return taken;
        }
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
          signal.addEventListener("abort", () => resolve(), { once: true });
        });
      }
    },
    release(pooled, state) {
      if (state === "clean" && !pooled.process.hasEnded()) {
        pooled.process.listen(null);
        idle.push(pooled);
      } else drop(pooled);
      waiting.shift()?.();
    },
    close() {
      for (const pooled of all) drop(pooled);
    },
  };
}
