import { answerCommand } from "./answer/answer-command.ts";
import { cacheCommand } from "./cache/cache-command.ts";
import type { Command } from "./command.ts";
import { componentsCommand } from "./components/components-command.ts";
import { dapCommand } from "./dap/dap-command.ts";
import { diffCommand } from "./diff/diff-command.ts";
import { diffRunsCommand } from "./diff-runs/diff-runs-command.ts";
import { exportCommand } from "./export/export-command.ts";
import { fmtCommand } from "./fmt/fmt-command.ts";
import { forkCommand } from "./fork/fork-command.ts";
import { gitCommand } from "./git/git-command.ts";
import { graphCommand } from "./graph/graph-command.ts";
import { importCommand } from "./import/import-command.ts";
import { initCommand } from "./init/init-command.ts";
import { logsCommand } from "./logs/logs-command.ts";
import { lspCommand } from "./lsp/lsp-command.ts";
import { mergeCommand } from "./merge/merge-command.ts";
import { pruneCommand } from "./prune/prune-command.ts";
import { resolveCommand } from "./resolve/resolve-command.ts";
import { resumeCommand } from "./resume/resume-command.ts";
import { runCommand } from "./run/run-command.ts";
import { runsCommand } from "./runs/runs-command.ts";
import { schemaCommand } from "./schema/schema-command.ts";
import { showCommand } from "./show/show-command.ts";
import { sweepCommand } from "./sweep/sweep-command.ts";
import { validateCommand } from "./validate/validate-command.ts";

/** Every command, in the order of `fm --help`. */
export const commands: readonly Command[] = [
  runCommand,
  resumeCommand,
  forkCommand,
  sweepCommand,
  answerCommand,
  runsCommand,
  showCommand,
  logsCommand,
  diffRunsCommand,
  exportCommand,
  importCommand,
  pruneCommand,
  cacheCommand,
  validateCommand,
  diffCommand,
  mergeCommand,
  gitCommand,
  resolveCommand,
  componentsCommand,
  graphCommand,
  initCommand,
  fmtCommand,
  schemaCommand,
  dapCommand,
  lspCommand,
];
