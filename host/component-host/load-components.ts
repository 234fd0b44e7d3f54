import { readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import {
  type ComponentDefinition,
  componentDefinitions,
  componentFileCode,
  definitionOf,
  unusableComponent,
} from "#core/component-definitions";
import { lineIndex, type Problem, type Span } from "#core/pipeline";
import { hasCode } from "../has-code.ts";
import type { Workspace } from "../workspace.ts";
import { componentEnvironment } from "./component-environment.ts";
import { type DescribedFile, describeFiles, type PlacedComponent } from "./describe-files.ts";
import { findComponentFiles } from "./find-component-files.ts";
import { guessNames } from "./guess-names.ts";
import type { Place } from "./messages.ts";
import { type ComponentModule, noComponents, type OwnComponents } from "./own-components.ts";

/** How components are loaded. */
export interface LoadOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Loading runs the user's code, which an untrusted project must not: its components are then known and unusable. */
  readonly trust: "trusted" | "untrusted";
  /** Milliseconds that a module may take to load; ten seconds unless given. */
  readonly limitMs?: number;
}

/** Why a Node of this version cannot run components, for the user; null when it can: `registerHooks` came with it. */
export function nodeRefusal(version: string): string | null {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > 22 || (major === 22 && minor >= 15)) return null;
  return `Components of your own need Node 22.15 or newer, and this is ${version}. Start it with a newer one.`;
}

/** Finds and loads the components of a workspace, in a process that ends with it. No process is started where there are none. */
export async function loadComponents(workspace: Workspace, options: LoadOptions): Promise<OwnComponents> {
  const { root, manifest } = workspace;
  const paths = await findComponentFiles(root, manifest);
  if (paths.length === 0) return noComponents;
  const texts = new Map<string, string>();
  for (const path of paths) texts.set(path, await textOf(join(root, path)));
  if (options.trust === "untrusted") return untrusted(texts);
  const refusal = nodeRefusal(process.versions.node);
  if (refusal !== null) {
    return collect(
      root,
      paths.map((path) => ({ kind: "broken", path, message: refusal, place: null })),
      texts,
    );
  }
  const described = await describeFiles(
    paths,
    { root, env: componentEnvironment(manifest, options.env) },
    options.limitMs,
  );
  return collect(root, described, texts);
}

/** A file that cannot be read, or is gone by now, has no text: loading it says why. */
async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (hasCode(error, "EACCES", "EPERM", "ENOENT")) return "";
    throw error;
  }
}

function untrusted(texts: ReadonlyMap<string, string>): OwnComponents {
  const modules = Array.from(texts, ([path, text]) => ({ path, text, definitions: [], problems: [] }));
  const reason = (path: string): string =>
    `${path} is not loaded, since this workspace is not trusted. Trust the workspace to use the project's own components.`;
  return assemble(modules, reason);
}

function collect(
  root: string,
  described: readonly DescribedFile[],
  texts: ReadonlyMap<string, string>,
): OwnComponents {
  const places = new Map<string, { readonly path: string; readonly place: Place | null }[]>();
  for (const file of described) {
    if (file.kind === "broken") continue;
    for (const { component, place } of file.components) {
      const same = places.get(component.type) ?? [];
      same.push({ path: file.path, place });
      places.set(component.type, same);
    }
  }
  const modules = described.map((file): ComponentModule => {
    const text = texts.get(file.path) ?? "";
    const shownAt = (place: Place | null): Span => spanAt(root, file.path, text, place);
    if (file.kind === "broken") {
      const message = brokenMessage(root, file.path, file.message, file.place);
      return {
        path: file.path,
        text,
        definitions: [],
        problems: [problem(componentFileCode.broken, message, shownAt(file.place))],
      };
    }
    const taken = file.components.flatMap((each) => {
      const message = takenMessage(each, file.path, places.get(each.component.type) ?? []);
      return message === null ? [] : [{ each, message }];
    });
    return {
      path: file.path,
      text,
      definitions: file.components
        .filter((one) => !taken.some(({ each }) => each === one))
        .map(({ component }) => definitionOf(component)),
      problems: taken.map(({ each, message }) =>
        problem(componentFileCode.nameTaken, message, shownAt(each.place)),
      ),
    };
  });
  return assemble(modules, (path) => {
    const found = modules.find((module) => module.path === path)?.problems[0];
    return found === undefined ? `${path} has no component of that name.` : `${path}: ${found.message}`;
  });
}

/** What no module gives, and some text names, is told to be unusable, with the module's reason. */
function assemble(modules: readonly ComponentModule[], reasonOf: (path: string) => string): OwnComponents {
  const definitions = new Map<string, ComponentDefinition>();
  const files = new Map<string, string>();
  for (const { path, definitions: usable } of modules) {
    for (const definition of usable) {
      definitions.set(definition.type, definition);
      files.set(definition.type, path);
    }
  }
  for (const { path, text, definitions: usable, problems } of modules) {
    if (usable.length > 0 && problems.length === 0) continue;
    for (const type of guessNames(path, text)) {
      if (definitions.has(type) || componentDefinitions.has(type)) continue;
      definitions.set(type, unusableComponent(type, reasonOf(path)));
    }
  }
  return { definitions, files, modules };
}

function takenMessage(
  { component: { type } }: PlacedComponent,
  path: string,
  places: readonly { readonly path: string; readonly place: Place | null }[],
): string | null {
  if (componentDefinitions.has(type))
    return `"${type}" is the name of a built-in component. Give this one another name.`;
  if (places.length < 2) return null;
  const others = places.filter((other) => other.path !== path);
  const where =
    others.length === 0 ? "this file has twice" : `${others.map((other) => other.path).join(", ")} has too`;
  return `"${type}" is the name of a component that ${where}, so neither can be used. Give one another name.`;
}

function brokenMessage(root: string, path: string, message: string, place: Place | null): string {
  const file = place === null ? path : relative(root, place.path).split(sep).join("/");
  // What is wrong may be in a file that this one imports.
  return file === path || place === null
    ? `The component cannot be loaded: ${message}`
    : `The component cannot be loaded, because of ${file}:${place.line1}:${place.column1}: ${message}`;
}

function problem(code: string, message: string, span: Span): Problem {
  return { code, severity: "error", message, span };
}

/** The word at a place of this file; its beginning for another. */
function spanAt(root: string, path: string, text: string, place: Place | null): Span {
  if (place === null || place.path !== join(root, path)) return { start: 0, end: 0 };
  const start = lineIndex(text).offsetAt({ line0: place.line1 - 1, character: place.column1 - 1 });
  const word = /^["'`@]?[\w$./-]*["'`]?/.exec(text.slice(start))?.[0] ?? "";
  return { start, end: Math.min(text.length, start + Math.max(1, word.length)) };
}
