import type { CommandLine, CommandOption } from "../command.ts";

/** For every command that runs something. */
export const cacheOptions: Readonly<Record<string, CommandOption>> = {
  "no-cache": { type: "boolean", help: "Run every stage: take nothing from the cache and keep nothing" },
};

/** Whether outputs may come from the cache. What a cassette answers is not what the models would, and is not kept. */
export function usesCache(line: CommandLine): boolean {
  return !line.has("no-cache") && line.text("record") === undefined && line.text("replay") === undefined;
}
