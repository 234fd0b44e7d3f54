import * as z from "zod";
import { componentFaces } from "./component-face.ts";

/** What the language server is told when it is introduced, as `initializationOptions`; other keys are others'. */
export const languageServerOptions = z.looseObject({
  /** Whether code of the workspace may be run: that of its own components. False where nothing is said. */
  workspaceTrusted: z.boolean().default(false),
  /** Whether the client wants {@link componentsLoaded}. */
  showsComponents: z.boolean().default(false),
});

/** Notification to the language server: the user has trusted the workspace meanwhile. */
export const workspaceTrusted = { name: "flowmason/workspaceTrusted" } as const;

/** Notification of the language server: these are the components of a project's own now; `root` is its folder's URI. */
export const componentsLoaded = {
  name: "flowmason/componentsLoaded",
  params: z.object({ root: z.string(), components: componentFaces }).readonly(),
} as const;
