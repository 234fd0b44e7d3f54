import { type Channel, createChannel, type Port, type ViewMessages } from "#protocol";

/** What a view that shows something has to do with the extension, whatever it shows. */
export interface ViewConversation<Shown> {
  readonly channel: Channel;
  /** Asks what there is to show. */
  ask(): Promise<Shown>;
  reportDefect(error: unknown): void;
  dispose(): void;
}

/** Opens the conversation of a view, which is told what to show and where to go. */
export function converse<Shown>(
  port: Port,
  messages: ViewMessages<Shown>,
  view: { show(shown: Shown): void; step(to: "next" | "previous"): void },
): ViewConversation<Shown> {
  const reportDefect = (error: unknown): void =>
    channel.emit(messages.defect, {
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  const channel: Channel = createChannel(port, reportDefect);
  channel.onEvent(messages.shown, view.show);
  channel.onEvent(messages.step, ({ to }) => view.step(to));
  return {
    channel,
    reportDefect,
    ask: () => channel.request(messages.ready, {}),
    dispose: () => channel.dispose(),
  };
}
