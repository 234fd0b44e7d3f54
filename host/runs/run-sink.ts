import {
  applyEvent,
  continueNdjsonSink,
  createNdjsonSink,
  type JournalSink,
  type LineWriter,
  type RunState,
  type Shorthand,
} from "#core/journal";

/**
 * The one place where what a run records gets its sink: whatever has to stand before every journal file stands here.
 * `state` is kept up with the events, `shorthand` is what the reader of the file has; null for a new file.
 */
export function createRunSink(writer: LineWriter, state: RunState, shorthand: Shorthand | null): JournalSink {
  const sink = shorthand === null ? createNdjsonSink(writer) : continueNdjsonSink(writer, shorthand);
  return {
    ...sink,
    append(event) {
      sink.append(event);
      applyEvent(state, event);
    },
  };
}

/** Writes the same lines to each. */
export function toEach(writers: readonly LineWriter[]): LineWriter {
  return {
    write(lines) {
      for (const writer of writers) writer.write(lines);
    },
    async flush() {
      await Promise.all(writers.map((writer) => writer.flush()));
    },
  };
}
