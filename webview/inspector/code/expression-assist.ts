import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  completionKeymap,
} from "@codemirror/autocomplete";
import type { Extension } from "@codemirror/state";
import { type EditorView, hoverTooltip, keymap, type Tooltip } from "@codemirror/view";
import type { FieldCompletions } from "#protocol";
import type { FieldAssistant } from "./field-assistant.ts";

/** Completion while typing and on Ctrl+Space, and what a name stands for under the pointer. */
export function expressionAssist(assistant: FieldAssistant): Extension {
  return [
    // As in VS Code's own editor, what is shown can be taken at once.
    autocompletion({
      override: [(context) => complete(context, assistant)],
      maxRenderedOptions: 60,
      interactionDelay: 0,
    }),
    keymap.of(completionKeymap),
    hoverTooltip((view, position) => hoverAt(view, position, assistant), { hoverTime: 350 }),
  ];
}

async function complete(
  context: CompletionContext,
  assistant: FieldAssistant,
): Promise<CompletionResult | null> {
  const isWorthIt = context.matchBefore(/(\{\{\s*|[\w$.-]|\|\s*)$/) !== null;
  if (!context.explicit && !isWorthIt) return null;
  const { from, items } = await assistant.complete(context.state.doc.toString(), context.pos);
  if (context.aborted || items.length === 0) return null;
  return { from, options: items.map(optionOf), validFor: /^[\w$-]*$/ };
}

type Item = FieldCompletions["items"][number];

function optionOf({ label, kind, detail, about }: Item): Completion {
  return {
    label,
    type: typeOf(kind),
    detail,
    boost: kind === "word" ? -2 : kind === "function" ? -1 : 0,
    ...(about === "" ? {} : { info: about }),
  };
}

function typeOf(kind: Item["kind"]): string {
  switch (kind) {
    case "root":
      return "namespace";
    case "stage":
      return "class";
    case "variable":
      return "variable";
    case "member":
      return "property";
    case "function":
      return "function";
    case "word":
      return "keyword";
  }
}

async function hoverAt(
  view: EditorView,
  position: number,
  assistant: FieldAssistant,
): Promise<Tooltip | null> {
  const told = await assistant.hover(view.state.doc.toString(), position);
  if (told === null) return null;
  return {
    pos: told.from,
    end: told.to,
    above: true,
    create: () => {
      const dom = document.createElement("div");
      dom.className = "code-hover";
      const title = dom.appendChild(document.createElement("strong"));
      title.textContent = told.title;
      if (told.about !== "") dom.appendChild(document.createElement("p")).textContent = told.about;
      return { dom };
    },
  };
}
