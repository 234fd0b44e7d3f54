import { type PipelineDocument, parsePipeline, pipelineGraph } from "#core/pipeline";

/**
 * Reads a text, and what its stages wait for (`pipelineGraph` keeps it for whoever asks next), each in a task of its
 * own: for some thousand stages all in one would be a stop that is felt.
 */
export async function readInSteps(text: string): Promise<PipelineDocument> {
  const document = parsePipeline(text);
  await nextTask();
  pipelineGraph(document);
  await nextTask();
  return document;
}

/** Resolves in a task of its own, after what waits already, and unlike a timer at once where the page is hidden too. */
function nextTask(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { port1, port2 } = new MessageChannel();
  port1.addEventListener("message", () => {
    port1.close();
    resolve();
  });
  port1.start();
  port2.postMessage(null);
  return promise;
}
