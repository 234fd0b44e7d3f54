import {
  applyEvent,
  continueNdjsonSink,
  createNdjsonSink,
  type JournalSink,
  type LineWriter,
  type RunState,
} from "#core/journal";

/**
 * The one place where what a run records gets its sink: whatever has to stand before every journal file stands here.
 * `state` is kept up with the events, `stored` are the hashes of the values that the file has; null for a new file.
 */
export function createRunSink(
  writer: LineWriter,
  state: RunState,
  stored: Iterable<string> | null,
): JournalSink {
  const sink = stored === null ? createNdjsonSink(writer) : continueNdjsonSink(writer, stored);
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
