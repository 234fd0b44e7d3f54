import process from "node:process";
import {
  componentFolders,
  type LoadOptions,
  loadComponents,
  noComponents,
  type OwnComponents,
  type Workspace,
} from "#host";

/** The components of a workspace's own, as its files were when they were last looked at. */
export interface LiveComponents {
  /** As they were loaded last; undefined until they have been. */
  own(): OwnComponents | undefined;
  /** Loads them anew. Resolves when what is known is not older than this call. */
  load(trust: LoadOptions["trust"]): Promise<void>;
  /** Whether a file, relative to the root with `/`, may be a part of them. */
  covers(path: string): boolean;
}

/** The components of a workspace; nothing is loaded before it is asked for. */
export function liveComponents(workspace: Workspace): LiveComponents {
  const folders = componentFolders(workspace.manifest);
  let own: OwnComponents | undefined;
  let loading: Promise<void> = Promise.resolve();
  /** What waits for the load that runs now: all that is asked for meanwhile is one. */
  let next: Promise<void> | null = null;
  return {
    own: () => own,
    load(trust) {
      next ??= loading.then(async () => {
        next = null;
        const loaded = await loadComponents(workspace, { env: process.env, trust });
        // The same object while there are none: nothing has to be checked again then.
        own = loaded.modules.length === 0 ? noComponents : loaded;
      });
      // Whoever asked hears of the failure; those after it start anew.
      loading = next.catch(() => undefined);
      return next;
    },
    covers: (path) =>
      /\.(m?[jt]s|json)$/.test(path) &&
      folders.some((folder) => folder === "" || path.startsWith(`${folder}/`)),
  };
}
