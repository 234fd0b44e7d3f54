import type { Command } from "../command.ts";

/** `fm components`: what a stage's component_type can be. */
export const componentsCommand: Command = {
  name: "components",
  summary: "List the components that pipelines can use",
  usage: "[FOLDER] [--format text|json]",
  options: {
    format: { type: "string", value: "text|json", help: "How they are printed; text unless given" },
  },
  details: `Lists the components of the project around the folder, the current one unless named, then the built-in ones.
Those of the project are loaded for that, which runs their modules. Ends with 1 when one of these has a problem.

  fm components
  fm components my-project --format json`,
  // Loaded only for those who ask.
  run: async (line, terminal) => (await import("./list-components.ts")).listComponents(line, terminal),
};
