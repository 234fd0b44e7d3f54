import { componentFileCode } from "#core/component-definitions";
import type { RuleEntry } from "../rule-entry.ts";

/** FM1400 to FM1499: commands, approvals and secrets; from FM1450 on, components of one's own. */
export const effectRules = {
  "unquoted-shell-value": {
    code: "FM1400",
    severity: "warning",
    title: "A value that a shell reads as a command",
  },
  "invalid-approval": { code: "FM1401", severity: "error", title: "An approval that asks nothing" },
  "retried-command": {
    code: "FM1402",
    severity: "information",
    title: "A retry that no exit code causes",
  },
  "undeclared-secret": { code: "FM1410", severity: "error", title: "A secret that is not declared" },
  "secret-operation": { code: "FM1411", severity: "error", title: "An operation on a secret" },
  "invalid-secrets": { code: "FM1412", severity: "error", title: "Secrets that do not say which" },
  "component-version": {
    code: "FM1450",
    severity: "error",
    title: "A component of another version",
  },
  "broken-component": {
    code: componentFileCode.broken,
    severity: "error",
    title: "A module of components that cannot be loaded",
  },
  "component-name-taken": {
    code: componentFileCode.nameTaken,
    severity: "error",
    title: "Two components of one name",
  },
} as const satisfies Readonly<Record<string, RuleEntry>>;
