// The language server: what a pipeline editor asks of a text, over the Language Server Protocol, in a process of its
// own. It knows the protocol and core, and must never import an editor's library, run a pipeline, or write a file.
export { answerRunComparison } from "./compare-runs/answer-run-comparison.ts";
export { answerDiff } from "./diff/answer-diff.ts";
export { answerMerge } from "./merge/answer-merge.ts";
export { serveLanguage } from "./serve-language.ts";
export { startLanguageServer } from "./start-language-server.ts";
