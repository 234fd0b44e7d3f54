import type { CanvasEdit } from "#core/pipeline";
import { type Channel, canvasEditRequest } from "#protocol";
import { type CanvasModel, editRefusal, type Notice, withDocument } from "../model/canvas-model.ts";
import { acceptPending, addPending, dropPending } from "../model/document-state.ts";
import type { Store } from "../store/store.ts";
import { messageOf } from "./message-of.ts";

/** Whether the text has an edit now. */
export type EditAnswer = "taken" | "refused";

/** The edits of a canvas: sent one after the other, so that each is answered on the text that its forerunner left. */
export interface EditQueue {
  /** Shows a gesture at once, has it written, and takes it back with a notice when that is refused. */
  edit(gesture: CanvasEdit, whenAnswered?: (answer: EditAnswer) => void): void;
  /** Does something once all edits so far are answered. */
  afterEdits(act: () => void): void;
}

/** An empty queue; `nextId` gives numbers that tell edits apart. */
export function createEditQueue(
  channel: Channel,
  store: Store<CanvasModel>,
  nextId: () => number,
  tell: (severity: Notice["severity"], text: string) => void,
): EditQueue {
  let lastEdit: Promise<void> = Promise.resolve();

  function edit(gesture: CanvasEdit, whenAnswered: (answer: EditAnswer) => void = () => undefined): void {
    const { document } = store.get();
    const refusal = editRefusal(store.get());
    if (document === null || refusal !== null) {
      tell("error", refusal ?? "The pipeline is still loading.");
      whenAnswered("refused");
      return;
    }
    const id = nextId();
    store.update((model) => withDocument({ ...model, notice: null }, addPending(document, id, gesture)));
    lastEdit = lastEdit.then(() => write(id, gesture, whenAnswered));
  }

  async function write(
    id: number,
    gesture: CanvasEdit,
    whenAnswered: (answer: EditAnswer) => void,
  ): Promise<void> {
    const baseVersion = store.get().document?.version ?? 0;
    const outcome = await channel
      .request(canvasEditRequest, { baseVersion, edit: gesture })
      .catch((error: unknown) => ({
        ok: false as const,
        message: messageOf(error),
      }));
    store.update((model) => {
      if (model.document === null) return model;
      return withDocument(
        model,
        outcome.ok ? acceptPending(model.document, id) : dropPending(model.document, id),
      );
    });
    if (!outcome.ok) tell("error", outcome.message);
    else if (outcome.notes.length > 0) tell("information", outcome.notes.join(" "));
    whenAnswered(outcome.ok ? "taken" : "refused");
  }

  return {
    edit,
    afterEdits(act) {
      void lastEdit.then(act);
    },
  };
}
