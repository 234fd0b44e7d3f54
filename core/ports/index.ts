// What crosses from the engine to an executor and back, and what both need from outside: types, and how some of them are
// read by whoever meets them (addressKey names, retryAfterMs and waitBeforeRetry count, systemReason puts into words).
// Nothing here may import or do anything.
export { addressKey, type FrameStep, type StageAddress } from "./address.ts";
export type { AttemptStep, AttemptSteps } from "./attempt-step.ts";
export type { AttemptCache, CacheIngredients, CacheOutcome } from "./cache.ts";
export type {
  Clock,
  ExecutionPorts,
  Executor,
  FilePort,
  FileResult,
  HttpPort,
  HttpRequest,
  HttpResponse,
  HttpResult,
  ModelPort,
  ModelResult,
  RandomPort,
  SecretPort,
} from "./execution.ts";
export type { Failure, FailureType } from "./failure.ts";
export type { Json, JsonObject } from "./json.ts";
export type { ProcessCommand, ProcessExit, ProcessPort, ProcessRequest, ProcessResult } from "./process.ts";
export type { Answer, Asker, AskPort, AskResult, Question, QuestionEnd, QuestionKind } from "./question.ts";
export { retryAfterMs, waitBeforeRetry } from "./retry-after.ts";
export type {
  AttemptEvent,
  AttemptSecret,
  Directive,
  LogLevel,
  ModelChoice,
  ModelMessage,
  ModelRequest,
  ModelUsage,
  ScopeSnapshot,
  StageAttempt,
  StageOutcomeSnapshot,
} from "./stage-attempt.ts";
export { systemReason } from "./system-reason.ts";
