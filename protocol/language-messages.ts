import * as z from "zod";

/** What the language server is told when it is introduced, as `initializationOptions`; other keys are others'. */
export const languageServerOptions = z.looseObject({
  /** Whether code of the workspace may be run: that of its own components. False where nothing is said. */
  workspaceTrusted: z.boolean().default(false),
});

/** Notification to the language server: the user has trusted the workspace meanwhile. */
export const workspaceTrusted = { name: "flowmason/workspaceTrusted" } as const;
