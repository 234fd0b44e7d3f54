/** The files of the component host: bundled ones lie beside each other, sources where they are written. */
export interface HostFiles {
  /** What the child process begins with. */
  readonly main: URL;
  readonly watchdog: URL;
  /** What components import as `flowmason` and as `zod`. */
  readonly flowmason: URL;
  readonly zod: URL;
  /** The declarations of both for editors, path -> text; the build makes them. */
  readonly types: URL;
  /** Folders of ours: what is loaded from there is no component. */
  readonly folders: readonly string[];
}

/** Finds them from where this very file is. */
export function hostFiles(): HostFiles {
  const here = import.meta.url;
  if (here.endsWith("/host/component-host/host-files.ts")) {
    return {
      main: new URL("./child/main.ts", here),
      watchdog: new URL("./child/watchdog.ts", here),
      flowmason: new URL("./sdk/flowmason.ts", here),
      zod: new URL("./sdk/zod.ts", here),
      types: new URL("../../dist/node/component-types.json", here),
      folders: [new URL("../", here).href, new URL("../../core/", here).href],
    };
  }
  const folder = new URL(here.includes("/chunks/") ? "../" : "./", here);
  return {
    main: new URL("component-host.mjs", folder),
    watchdog: new URL("component-watchdog.mjs", folder),
    flowmason: new URL("flowmason.mjs", folder),
    zod: new URL("zod.mjs", folder),
    types: new URL("component-types.json", folder),
    folders: [folder.href],
  };
}
