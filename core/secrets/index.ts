// What a secret looks like wherever it may come out, and what stands in its place. Everything that writes down or shows
// what a run does asks a redactor first. Nothing here may know where secrets come from, keep a value longer than its
// redactor lives, or tell one in a message.
export { redactedEnd, redactedFailure, redactedQuestion, redactedRequest } from "./redact-parts.ts";
export { redactedTexts } from "./redact-texts.ts";
export { createRedactor, type Redactor, type StreamRedactor } from "./redactor.ts";
export { recordedSources, revealer } from "./reveal.ts";
export { SHORTEST_SECRET, secretMarker, spokenMarker } from "./secret-marker.ts";
export { SecretUnavailable, secretSource, whereSecretIs } from "./secret-source.ts";
