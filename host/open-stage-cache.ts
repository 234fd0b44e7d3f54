import type { Executor } from "#core/ports";
import { openKeyedHash } from "./cache/cache-key.ts";
import { cacheLimitOf } from "./cache/cache-settings.ts";
import type { StageCacheSources } from "./cache/cache-sources.ts";
import { cachingExecutor } from "./cache/caching-executor.ts";
import { componentCode } from "./cache/component-code.ts";
import type { EntryStore } from "./cache/entry-store.ts";
import { openProviders } from "./cache/provider-settings.ts";
import { pruneCache } from "./cache/prune-cache.ts";
import { componentFolders } from "./component-host/find-component-files.ts";
import type { OwnComponents } from "./component-host/own-components.ts";
import { makeOwnFolder } from "./runs/runs-folder.ts";
import type { SecretStore } from "./secrets/secret-store.ts";
import type { Workspace } from "./workspace.ts";

/** The cache of a workspace, for one run. */
export interface StageCache {
  /** The executor, which is not asked where there is an output for the attempt already. */
  over(executor: Executor): Executor;
  /** Removes what there is no room for, if anything was stored. */
  close(): Promise<void>;
}

/** Opens the cache of a workspace. Nothing is read or made before the first stage that declares one. */
export function openStageCache(
  workspace: Workspace,
  own: OwnComponents,
  secrets: Pick<SecretStore, "port" | "redactor" | "visible">,
): StageCache {
  const { root, manifest } = workspace;
  const sources: StageCacheSources = {
    root,
    codeFolders: componentFolders(manifest),
    env: secrets.visible,
    secrets: secrets.port,
    redactor: secrets.redactor,
    provider: openProviders(manifest),
    code: componentCode(workspace, own),
  };
  let opened: Promise<EntryStore> | null = null;
  let hasStored = false;
  const open = (): Promise<EntryStore> => {
    opened ??= openStore(root);
    return opened;
  };
  return {
    over: (executor) =>
      cachingExecutor(executor, sources, open, () => {
        hasStored = true;
      }),
    async close() {
      if (opened === null || !hasStored) return;
      try {
        await pruneCache(await opened, cacheLimitOf(manifest.cache), Date.now());
      } catch (error) {
        // The next run that keeps something tries again; this one has all it needs.
        if (!(error instanceof Error && "code" in error)) throw error;
      }
    },
  };
}

async function openStore(root: string): Promise<EntryStore> {
  const folder = await makeOwnFolder(root, "cache");
  return { folder, hash: await openKeyedHash(folder) };
}
