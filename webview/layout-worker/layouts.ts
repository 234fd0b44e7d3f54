import script from "bundled-text:./worker.ts";
import type { LayoutPlan, Placement } from "../graph/place.ts";
import { unpackPlaces } from "./packed-places.ts";

/** Lays graphs out while the page goes on. */
export interface Layouts {
  /**
   * Resolves to where everything is without the positions of the file. An abort stops the work and rejects with the
   * signal's reason; a worker that cannot be started, or fails, rejects with an error that says so.
   */
  layOut(plan: LayoutPlan, signal: AbortSignal): Promise<Placement>;
  dispose(): void;
}

/**
 * Layouts in web workers. Webviews may make these of blobs only, so their script is part of the page's; that way nothing
 * is fetched, and the policy has to allow no more than `worker-src blob:`. A worker that is done waits for the next plan.
 */
export function createLayouts(): Layouts {
  const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  let idle: Worker | null = null;

  async function layOut(plan: LayoutPlan, signal: AbortSignal): Promise<Placement> {
    signal.throwIfAborted();
    const worker = idle ?? new Worker(url, { name: "layout" });
    idle = null;
    try {
      const places = unpackPlaces(plan, await answerOf(worker, plan, signal));
      if (idle === null) idle = worker;
      else worker.terminate();
      return places;
    } catch (error) {
      worker.terminate();
      throw error;
    }
  }

  return {
    layOut,
    dispose() {
      idle?.terminate();
      idle = null;
      URL.revokeObjectURL(url);
    },
  };
}

async function answerOf(worker: Worker, plan: LayoutPlan, signal: AbortSignal): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const listening = new AbortController();
  const once = { signal: listening.signal };
  const fail = (why: string): void => reject(new Error(`The layout worker failed: ${why}`));
  worker.addEventListener("message", ({ data }: MessageEvent<unknown>) => resolve(data), once);
  worker.addEventListener("messageerror", () => fail("its answer could not be read."), once);
  worker.addEventListener(
    "error",
    (event) => {
      // Handled here: the page has no error of its own.
      event.preventDefault();
      // The browser gives no message when it refuses to start one.
      fail(event.message ?? "it could not be started.");
    },
    once,
  );
  signal.addEventListener("abort", () => reject(signal.reason), once);
  worker.postMessage(plan);
  try {
    return await promise;
  } finally {
    listening.abort();
  }
}
