import type { FieldCompletions, FieldHover } from "#protocol";
import type { CodeLanguage } from "./code-language.ts";
import { jsonTextAt, placeInJson, unitAt } from "./json-text.ts";

/** Whoever knows what can be written: the language server, asked by message. */
export interface FieldAssistant {
  complete(text: string, offset: number): Promise<FieldCompletions>;
  hover(text: string, offset: number): Promise<FieldHover | null>;
}

/** A text at a path, which begins where the field is written. */
export interface FieldText {
  readonly path: readonly string[];
  readonly text: string;
  readonly offset: number;
}

/** Asks of a text in a language; in JSON, of each text that is a value in it, as what it means. */
export function assistantFor(
  language: CodeLanguage,
  ask: {
    complete(text: FieldText): Promise<FieldCompletions>;
    hover(text: FieldText): Promise<FieldHover | null>;
  },
): FieldAssistant {
  switch (language) {
    case "template":
    case "expression":
      return {
        complete: (text, offset) => ask.complete({ path: [], text, offset }),
        hover: (text, offset) => ask.hover({ path: [], text, offset }),
      };
    case "json":
      return {
        async complete(json, offset) {
          const inner = jsonTextAt(json, offset);
          if (inner === null) return { from: 0, items: [] };
          const unit = unitAt(json, inner, offset);
          const { from, items } = await ask.complete({ path: inner.path, text: inner.value, offset: unit });
          return { from: placeInJson(json, inner, { start: from, end: from }).start, items };
        },
        async hover(json, offset) {
          const inner = jsonTextAt(json, offset);
          if (inner === null) return null;
          const unit = unitAt(json, inner, offset);
          const told = await ask.hover({ path: inner.path, text: inner.value, offset: unit });
          if (told === null) return null;
          const { start, end } = placeInJson(json, inner, { start: told.from, end: told.to });
          return { ...told, from: start, to: end };
        },
      };
  }
}
