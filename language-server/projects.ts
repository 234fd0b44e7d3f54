import { dirname, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { builtInProject, type Project } from "#core/component-definitions";
import { emptyCatalog, namesOtherPipelines, type PipelineDocument } from "#core/pipeline";
import { type LoadOptions, namesOwnComponents, noComponents, type OwnComponents, withBuiltIn } from "#host";
import type { KnownNames } from "./complete.ts";
import { type LiveCatalog, liveCatalog } from "./live-catalog.ts";
import { type LiveComponents, liveComponents } from "./live-components.ts";
import type { Neighbours, PlacedProject } from "./placed-project.ts";
import { fileOf, pathIn, workspaceOf } from "./project-files.ts";

const noSeverity = {};

/** The projects around open texts. What a file names is read once and kept as it is then on disk and in the editor. */
export interface Projects {
  /** The project of a text as it is now; undefined while it is being read. `checkAgain` is called for it then. */
  projectOf(uri: string, document: PipelineDocument): PlacedProject | undefined;
  /** The components that a text can use, as far as they are known now. */
  definitionsOf(uri: string): Project["definitions"];
  /** All that a text can name, as far as it is known now. */
  namesOf(uri: string): KnownNames;
  /** Reads the pipelines around an open text, where that has not been done. */
  neighboursOf(uri: string): Promise<Neighbours>;
  /** The same, read again: for what changes them all, and must not miss a file that the client has not told of yet. */
  neighboursNow(uri: string): Promise<Neighbours>;
  closed(uri: string): void;
  /** The workspace's own code may be run from now on. */
  trust(): void;
  isTrusted(): boolean;
  /** Takes what happened to files. */
  filesChanged(uris: readonly string[]): void;
}

/** What the projects ask of the server, and tell it. */
export interface ProjectEvents {
  /** The texts that are open, by URI, as they were read last. */
  readonly openDocuments: () => Iterable<readonly [uri: string, document: PipelineDocument]>;
  /** What is known of a text's project has changed. */
  readonly checkAgain: (uri: string) => void;
  /** The components of a project's own were loaded, perhaps again. */
  readonly componentsLoaded: (root: string, own: OwnComponents) => void;
  /** A manifest cannot be used; its files are taken as if they had none. */
  readonly warn: (message: string) => void;
  /** A defect of ours. */
  readonly fail: (error: unknown) => void;
}

interface Place {
  readonly root: string;
  readonly path: string;
  readonly severity: Readonly<Record<string, unknown>>;
  readonly providers: readonly string[];
}

/** No project is known until a text asks for its own. */
export function createProjects({
  openDocuments,
  checkAgain,
  componentsLoaded,
  warn,
  fail,
}: ProjectEvents): Projects {
  /** Undefined while it is being found out. */
  const places = new Map<string, Place | undefined>();
  const catalogs = new Map<string, LiveCatalog>();
  const components = new Map<string, LiveComponents>();
  let trust: LoadOptions["trust"] = "untrusted";

  const openAt = (root: string, path: string): PipelineDocument | undefined => {
    for (const [uri, document] of openDocuments()) {
      const place = places.get(uri);
      if (place?.root === root && place.path === path) return document;
    }
    return undefined;
  };

  /** As the client writes it, which may encode more or less than we do. */
  const uriOfOpen = (root: string, path: string): string | undefined => {
    for (const [uri] of openDocuments()) {
      const place = places.get(uri);
      if (place?.root === root && place.path === path) return uri;
    }
    return undefined;
  };

  const uriIn = (root: string, path: string): string =>
    uriOfOpen(root, path) ?? pathToFileURL(`${root}${sep}${path.split("/").join(sep)}`).href;

  const find = async (uri: string): Promise<void> => {
    const file = fileOf(uri);
    if (file === null) return;
    const workspace = await workspaceOf(dirname(file), warn);
    // Closed in the meantime, or a manifest came or went.
    if (!places.has(uri) || places.get(uri) !== undefined) return;
    const { root, manifest } = workspace;
    const severity = manifest.checks?.severity ?? noSeverity;
    const { default: _default, ...named } = manifest.providers;
    const providers = Object.keys(named);
    places.set(uri, { root, path: relative(root, file).split(sep).join("/"), severity, providers });
    if (!catalogs.has(root))
      catalogs.set(
        root,
        liveCatalog(workspace, (path) => openAt(root, path)),
      );
    if (!components.has(root)) {
      const live = liveComponents(workspace);
      components.set(root, live);
      loadComponents(root, live);
    }
    checkAgain(uri);
  };

  const loadComponents = (root: string, live: LiveComponents): void => {
    const before = live.own();
    const take = (): void => {
      const own = live.own();
      if (own === undefined || components.get(root) !== live) return;
      componentsLoaded(root, own);
      if (own === before) return;
      for (const [uri] of openDocuments()) if (places.get(uri)?.root === root) checkAgain(uri);
    };
    live.load(trust).then(take).catch(fail);
  };

  /** Those that name other pipelines are looked at again, since one of these may have changed. */
  const checkDependents = (root: string, except: string | null): void => {
    for (const [uri, document] of openDocuments())
      if (uri !== except && places.get(uri)?.root === root && namesOtherPipelines(document)) checkAgain(uri);
  };

  const reread = ({ root, path }: Pick<Place, "root" | "path">): void => {
    const catalog = catalogs.get(root);
    if (catalog === undefined) return;
    const before = catalog.pipelines();
    const compare = (): void => {
      if (catalog.pipelines() !== before) checkDependents(root, null);
    };
    catalog.reread(path).then(compare).catch(fail);
  };

  const definitionsOf = (uri: string): Project["definitions"] => {
    const own = components.get(places.get(uri)?.root ?? "")?.own();
    return withBuiltIn(own ?? noComponents);
  };

  const neighboursOf = async (uri: string, read: (catalog: LiveCatalog) => Promise<void>) => {
    const alone: Neighbours = { pipelines: emptyCatalog, path: null, uriOf: () => uri };
    if (fileOf(uri) === null) return alone;
    // Every open text as it is now, also one that has come in just before and is not looked at yet.
    for (const open of Array.from(openDocuments(), ([each]) => each)) {
      if (!places.has(open)) places.set(open, undefined);
      await find(open);
    }
    const place = places.get(uri);
    const catalog = place && catalogs.get(place.root);
    // It was closed meanwhile.
    if (place === undefined || catalog === undefined) return alone;
    await catalog.load(place.path);
    const before = catalog.pipelines();
    await read(catalog);
    if (catalog.pipelines() !== before) checkDependents(place.root, null);
    for (const [open, document] of openDocuments()) {
      const other = places.get(open);
      if (other?.root === place.root && catalog.take(other.path, document)) checkDependents(place.root, open);
    }
    return {
      pipelines: catalog.pipelines(),
      path: place.path,
      uriOf: (other: string) => uriIn(place.root, other),
    };
  };

  return {
    projectOf(uri, document) {
      if (fileOf(uri) === null)
        return { project: builtInProject, path: null, uriOf: () => uri, severity: noSeverity };
      if (!places.has(uri)) {
        places.set(uri, undefined);
        find(uri).catch(fail);
      }
      const place = places.get(uri);
      const catalog = place && catalogs.get(place.root);
      if (place === undefined || catalog === undefined) return undefined;
      const { path, root, severity } = place;
      const uriOf = (other: string): string => uriIn(root, other);
      if (catalog.take(path, document)) checkDependents(place.root, uri);
      const own = components.get(place.root)?.own();
      // What it can be checked with comes soon; what uses built-in components need not wait.
      if (own === undefined && namesOwnComponents(document)) return undefined;
      const definitions = withBuiltIn(own ?? noComponents);
      if (!namesOtherPipelines(document))
        return { project: { definitions, pipelines: builtInProject.pipelines }, path, uriOf, severity };
      if (catalog.covers(path))
        return { project: { definitions, pipelines: catalog.pipelines() }, path, uriOf, severity };
      catalog
        .load(path)
        .then(() => checkAgain(uri))
        .catch(fail);
      return undefined;
    },
    neighboursOf: (uri) => neighboursOf(uri, async () => {}),
    neighboursNow: (uri) => neighboursOf(uri, (catalog) => catalog.renew()),
    definitionsOf,
    namesOf: (uri) => ({
      definitions: definitionsOf(uri),
      providers: places.get(uri)?.providers ?? [],
    }),
    trust() {
      if (trust === "trusted") return;
      trust = "trusted";
      for (const [root, live] of components) loadComponents(root, live);
    },
    isTrusted: () => trust === "trusted",
    closed(uri) {
      const place = places.get(uri);
      places.delete(uri);
      if (place !== undefined) reread(place);
    },
    filesChanged(uris) {
      if (uris.some((uri) => uri.endsWith("/flowmason.json"))) {
        // Which files belong together may be another matter now.
        places.clear();
        catalogs.clear();
        components.clear();
        for (const [uri] of openDocuments()) checkAgain(uri);
        return;
      }
      for (const [root, live] of components) {
        const paths = uris.map((uri) => pathIn(root, uri));
        if (paths.some((path) => path !== null && live.covers(path))) loadComponents(root, live);
      }
      for (const uri of uris) {
        for (const root of catalogs.keys()) {
          const path = pathIn(root, uri);
          if (path !== null) reread({ root, path });
        }
      }
    },
  };
}
