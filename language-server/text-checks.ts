import type { Diagnostic } from "vscode-languageserver";
import { checkPipeline } from "#core/checks";
import { docsUrl } from "#host";
import type { CheckSettings } from "./check-settings.ts";
import type { CheckedText } from "./code-actions/code-actions.ts";
import { rangeToLsp } from "./convert.ts";
import type { Locate } from "./diagnostic.ts";
import { diagnosticsOf } from "./diagnostics-of.ts";
import type { InheritedParents } from "./inherited-parents.ts";
import { linesOf } from "./lines-of.ts";
import type { OpenText } from "./open-text.ts";
import type { PlacedProject } from "./placed-project.ts";
import type { Projects } from "./projects.ts";
import type { ResolvedTexts } from "./resolved-texts.ts";

/** Runs a task once all that the client has sent is taken in. */
export type Defer = (task: () => void) => void;

/** What checking needs of the server. */
export interface CheckSurroundings {
  /** The open texts, by URI. */
  readonly texts: ReadonlyMap<string, OpenText>;
  readonly projects: Projects;
  readonly settings: CheckSettings;
  readonly resolvedTexts: ResolvedTexts;
  readonly inheritedParents: InheritedParents;
  /** Whether the client shows places that have to do with a problem. */
  readonly canRelate: () => boolean;
  readonly publish: (uri: string, version: number, diagnostics: Diagnostic[]) => void;
  readonly defer: Defer;
}

/** Checks of the open texts, and what they found. */
export interface TextChecks {
  /** Has a text checked after what has come in already; texts that are not open are passed over. */
  soon(uri: string): void;
  /** What was published of a text as it is now, which is checked first where it has changed; null while that waits. */
  latest(uri: string): CheckedText | null;
  closed(uri: string): void;
}

/** Nothing is checked until it is asked for. */
export function createTextChecks(around: CheckSurroundings): TextChecks {
  const { texts, projects, settings, resolvedTexts, inheritedParents } = around;
  const changed = new Set<string>();
  /** What was published of each text. */
  const checked = new Map<string, CheckedText>();
  const docs = docsUrl("checks.md");

  const check = (uri: string): void => {
    const open = texts.get(uri);
    if (!changed.delete(uri) || open === undefined) return;
    const document = open.read();
    const placed = projects.projectOf(uri, document);
    // What the text names is being read; it is checked when that is there.
    if (placed === undefined) return;
    resolvedTexts.checked(uri, document, placed);
    inheritedParents.checked(uri, document, placed);
    const { project, path } = placed;
    const severities = settings.severitiesIn(placed.severity);
    const { problems } = checkPipeline(document, { project, path, severities });
    const { lines, version } = open;
    const links = { docs, locate: around.canRelate() ? locateFrom(uri, open, placed) : null };
    const diagnostics = diagnosticsOf(problems, lines, links);
    checked.set(uri, { document, lines, version, problems });
    around.publish(uri, version, diagnostics);
  };

  return {
    soon(uri) {
      if (changed.has(uri) || !texts.has(uri)) return;
      changed.add(uri);
      around.defer(() => check(uri));
    },
    latest(uri) {
      if (changed.has(uri)) check(uri);
      const text = checked.get(uri);
      return text !== undefined && text.version === texts.get(uri)?.version ? text : null;
    },
    closed(uri) {
      changed.delete(uri);
      checked.delete(uri);
    },
  };
}

function locateFrom(uri: string, { lines }: OpenText, placed: PlacedProject): Locate {
  return ({ span, path }) => {
    if (path === undefined) return { uri, range: rangeToLsp(span, lines) };
    const entry = placed.project.pipelines.entries.find((each) => each.path === path);
    if (entry === undefined) return null;
    return { uri: placed.uriOf(path), range: rangeToLsp(span, linesOf(entry.document)) };
  };
}
