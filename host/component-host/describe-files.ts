import { join } from "node:path";
import type { DescribedComponent } from "#core/component-definitions";
import { explainEnd } from "./explain-end.ts";
import { type HostEnvironment, type HostProcess, type ProcessEnd, startHostProcess } from "./host-process.ts";
import type { FromProcess, Place } from "./messages.ts";

/** What loading a module came to. */
export type DescribedFile =
  | { readonly kind: "loaded"; readonly path: string; readonly components: readonly PlacedComponent[] }
  | {
      readonly kind: "broken";
      readonly path: string;
      readonly message: string;
      readonly place: Place | null;
    };

/** A component and where it is defined. */
export interface PlacedComponent {
  readonly component: DescribedComponent;
  readonly place: Place | null;
}

/** How long a module may take to load, in milliseconds, unless it is said. */
const loadLimitMs = 10_000;

/**
 * Loads modules one after the other and tells what they export. One that does not end loading, or ends the process, is
 * broken; those after it are loaded in a new process. Paths are relative to the root.
 */
export async function describeFiles(
  paths: readonly string[],
  environment: HostEnvironment,
  limitMs: number = loadLimitMs,
): Promise<readonly DescribedFile[]> {
  const described: DescribedFile[] = [];
  let loader = startLoader(environment);
  try {
    for (const path of paths) {
      let result = await loader.load(path, limitMs);
      // What an earlier module left behind may have ended the process: by itself a module shows whether it was not it.
      if (result === "ended" && loader.loads > 1) {
        loader = startLoader(environment);
        result = await loader.load(path, limitMs);
      }
      described.push(result === "ended" ? loader.explain(path) : result);
      if (loader.isOver()) loader = startLoader(environment);
    }
  } finally {
    loader.end();
  }
  return described;
}

interface Loader {
  /** How many files it was given. */
  readonly loads: number;
  load(path: string, limitMs: number): Promise<DescribedFile | "ended">;
  /** Why a file made it end. */
  explain(path: string): DescribedFile;
  isOver(): boolean;
  end(): void;
}

type Heard = FromProcess | "ended";

function startLoader(environment: HostEnvironment): Loader {
  let process: HostProcess | null = null;
  let loads = 0;
  let printed = "";
  let end: ProcessEnd | null = null;
  let isOver = false;
  let hear: (heard: Heard) => void = () => {};
  const start = (): Promise<HostProcess> =>
    new Promise((resolve) => {
      const started = startHostProcess(environment, {
        message: (message) => (message.kind === "ready" ? resolve(started) : hear(message)),
        printed: (stream, text) => {
          if (stream === "stderr") printed = (printed + text).slice(-2000);
        },
        ended: (how) => {
          end = how;
          isOver = true;
          resolve(started);
          hear("ended");
        },
      });
    });

  return {
    get loads() {
      return loads;
    },
    async load(path, limitMs) {
      loads += 1;
      process ??= await start();
      const loading = process;
      if (isOver) return "ended";
      return await new Promise((resolve) => {
        const timer = setTimeout(() => {
          isOver = true;
          loading.kill();
          const message = `Loading it took longer than ${limitMs / 1000} s. Do the work in execute, and let nothing wait at the top of the file.`;
          resolve({ kind: "broken", path, message, place: null });
        }, limitMs);
        hear = (heard) => {
          if (heard === "ended") resolve("ended");
          else if (heard.kind === "loaded") resolve({ kind: "loaded", path, components: heard.components });
          else if (heard.kind === "broken")
            resolve({ kind: "broken", path, message: heard.message, place: heard.place });
          else return;
          clearTimeout(timer);
        };
        loading.send({ kind: "load", file: join(environment.root, path) });
      });
    },
    explain(path) {
      const last = printed.trimEnd().split("\n").at(-1) ?? "";
      const why = end === null ? "" : explainEnd(end, printed);
      return {
        kind: "broken",
        path,
        message: last === "" ? why : `${why} It printed last: ${last}`,
        place: null,
      };
    },
    isOver: () => isOver,
    end: () => process?.kill(),
  };
}
