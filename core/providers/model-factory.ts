import type { LanguageModel, streamText } from "ai";
import type { ServerConnection } from "./connection.ts";

/** A model of the AI SDK that is an object, as adapters make them. */
export type SdkModel = Exclude<LanguageModel, string>;

/** A model, and the settings of its adapter that are the same for each call. */
export interface ReadyModel {
  readonly model: SdkModel;
  readonly options: NonNullable<Parameters<typeof streamText>[0]["providerOptions"]>;
}

/** Makes the model of a connection; every request of it goes through `fetch`. */
export type ModelFactory = (connection: ServerConnection, fetch: typeof globalThis.fetch) => ReadyModel;
