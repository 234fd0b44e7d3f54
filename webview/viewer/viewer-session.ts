import {
  createChannel,
  type PartOfValue,
  type Port,
  type ReadValue,
  type ShownValue,
  valueCopy,
  valueDefect,
  valueDiff,
  valueOpenDocument,
  valueRead,
  valueReady,
} from "#protocol";
import { createStore, type Store } from "../store/store.ts";

/** What the viewer knows. */
export interface ViewerModel {
  /** The value with the part that is shown; null until something has been read. */
  readonly value: ReadValue | null;
  /** Why what was asked for last cannot be read; null where it could be. */
  readonly refusal: string | null;
}

/** The viewer's conversation with the extension. */
export interface ViewerSession {
  readonly store: Store<ViewerModel>;
  load(): Promise<void>;
  /** Shows another part of the value, or the value as something else. */
  show(part: PartOfValue): void;
  /** Reads a part without showing it in the place of what is shown. */
  read(part: PartOfValue): Promise<ShownValue>;
  copy(expression: string): void;
  openDocument(): void;
  compare(): void;
  reportDefect(error: unknown): void;
  dispose(): void;
}

/** `keep` gets each part that is shown in the place of what was. */
export function createViewerSession(port: Port, keep: (shown: ReadValue) => void): ViewerSession {
  const store = createStore<ViewerModel>({ value: null, refusal: null });
  /** A later question makes the answer to an earlier one old. */
  let asked = 0;

  const reportDefect = (error: unknown): void =>
    channel.emit(valueDefect, {
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  const channel = createChannel(port, reportDefect);

  const take = (shown: ShownValue): void => {
    switch (shown.kind) {
      case "read":
        store.update(() => ({ value: shown.value, refusal: null }));
        keep(shown.value);
        return;
      case "refused":
        store.update((model) => ({ ...model, refusal: shown.message }));
    }
  };

  return {
    store,
    reportDefect,
    load: async () => take(await channel.request(valueReady, {})),
    show: (part) => {
      asked += 1;
      const mine = asked;
      channel.request(valueRead, part).then((shown) => {
        if (mine === asked) take(shown);
      }, reportDefect);
    },
    read: (part) => channel.request(valueRead, part),
    copy: (expression) => channel.emit(valueCopy, { expression }),
    openDocument: () => channel.emit(valueOpenDocument, {}),
    compare: () => channel.emit(valueDiff, {}),
    dispose: () => channel.dispose(),
  };
}
