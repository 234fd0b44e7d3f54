import type { SecretPort } from "#core/ports";
import type { Redactor } from "#core/secrets";
import type { CodeFolders } from "../unwritable.ts";

/** Where ingredients come from besides the attempt. */
export interface StageCacheSources {
  /** The workspace's, an absolute path. */
  readonly root: string;
  /** Folders of the project's own components, in which nothing is put back. */
  readonly codeFolders: CodeFolders;
  /** What programs and components see of the environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly secrets: SecretPort;
  readonly redactor: Redactor;
  /** What flowmason.json says of a provider, without its key. */
  provider(name: string): string;
  /** The code of a component of the project's own; null for those that are built in. */
  code(type: string): Promise<string | null>;
}
