import {
  type Channel,
  createChannel,
  type Port,
  type ShownSweep,
  sweepCompareRun,
  sweepDefect,
  sweepOpenRun,
  sweepReady,
} from "#protocol";
import { createStore, type Store } from "../store/store.ts";

/** The page's conversation with the extension; the store has null while nothing was told. */
export interface SweepSession {
  readonly store: Store<ShownSweep | null>;
  load(): Promise<void>;
  openRun(runId: string): void;
  compareRun(runId: string): void;
  reportDefect(error: unknown): void;
  dispose(): void;
}

export function createSweepSession(port: Port, keep: (sweep: ShownSweep) => void): SweepSession {
  const store = createStore<ShownSweep | null>(null);
  const reportDefect = (error: unknown): void =>
    channel.emit(sweepDefect, {
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  const channel: Channel = createChannel(port, reportDefect);
  return {
    store,
    reportDefect,
    async load() {
      const sweep = await channel.request(sweepReady, {});
      keep(sweep);
      store.update(() => sweep);
    },
    openRun: (runId) => channel.emit(sweepOpenRun, { runId }),
    compareRun: (runId) => channel.emit(sweepCompareRun, { runId }),
    dispose: () => channel.dispose(),
  };
}
