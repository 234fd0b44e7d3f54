// The Debug Adapter Protocol over the engine. It translates: what stops and what is shown is decided here, what
// runs is the engine's business, and the gate is all that the two share. It must not know VS Code: any DAP
// client can use it over stdio or TCP.
export { type DebuggedRun, openForDebuggers } from "./attach/attach-run.ts";
export { type PlannedRecord, planRecord } from "./past/plan-record.ts";
export { parsePort, serveStdio, serveTcp } from "./serve.ts";
