import { json } from "@codemirror/lang-json";
import { bracketMatching, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { tagHighlighter, tags } from "@lezer/highlight";
import { highlightExpressions } from "./highlight-expressions.ts";

/** What is written in an editor. */
export type CodeLanguage = "template" | "expression" | "json";

// By classes, so that the colours are those of our style sheet and of the theme.
const jsonClasses = tagHighlighter([
  { tag: tags.propertyName, class: "code-property" },
  { tag: tags.string, class: "code-string" },
  { tag: tags.number, class: "code-number" },
  { tag: [tags.bool, tags.null], class: "code-keyword" },
]);

/** What the language of an editor brings to it. */
export function languageExtension(language: CodeLanguage): Extension {
  switch (language) {
    case "template":
    case "expression":
      return [highlightExpressions(language), bracketMatching()];
    case "json":
      return [json(), syntaxHighlighting(jsonClasses), highlightExpressions(language), bracketMatching()];
  }
}
