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
  return {
    from,
    options: items.map((item) => optionOf(item, from < context.pos ? "begun" : "empty")),
    validFor: /^[\w$-]*$/,
  };
}

type Item = FieldCompletions["items"][number];

function optionOf({ label, kind, detail, about }: Item, word: "begun" | "empty"): Completion {
  return {
    label,
    type: typeOf(kind),
    detail,
    boost: boostOf(kind, word),
    ...(about === "" ? {} : { info: about }),
  };
}

/** Where nothing is typed yet, what there is to refer to comes first; then what begins with what is typed does. */
function boostOf(kind: Item["kind"], word: "begun" | "empty"): number {
  switch (kind) {
    case "root":
    case "stage":
    case "variable":
    case "member":
      return 0;
    case "path":
      return word === "empty" ? 1 : -1;
    case "function":
      return -1;
    case "word":
      return -2;
  }
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
    case "path":
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
