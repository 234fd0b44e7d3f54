// fm, the command line: a process around the same checks and the same engine that the editor uses. stdout holds results
// and nothing else; progress and messages go to stderr. It must never know more about pipelines than core does, and
// never end a process before what it said is written.
export { type ExitCode, exitCode } from "./exit-code.ts";
export { fm } from "./fm.ts";
export { type Channel, createChannel, type Terminal } from "./terminal.ts";
