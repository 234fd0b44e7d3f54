import type { Connection } from "vscode-languageserver";
import type { Project } from "#core/component-definitions";
import type { OpenText } from "./open-text.ts";
import type { createProjects } from "./projects.ts";
import type { createTextChecks } from "./text-checks.ts";

/** What the answers to a client's requests are made of. */
export interface Served {
  readonly connection: Connection;
  readonly projects: ReturnType<typeof createProjects>;
  readonly checks: ReturnType<typeof createTextChecks>;
  /** The open pipeline at an address; null where there is none. */
  openedAt(uri: string): OpenText | null;
  /** The same for requests that make sense for open pipelines only. Throws a ResponseError where there is none. */
  openAt(uri: string): OpenText;
  projectFor(uri: string, open: OpenText): Project;
}
