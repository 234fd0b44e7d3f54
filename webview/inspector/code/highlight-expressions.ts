import { RangeSetBuilder } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  ViewPlugin,
  type ViewUpdate,
} from "@codemirror/view";
import { expressionTree, templateTree } from "#core/expressions";
import { type JsonText, jsonTexts, placeInJson } from "./json-text.ts";

/** What a text is: prose with `{{ }}` in it, a bare expression, or JSON whose texts are such prose. */
export type ExpressionPlace = "template" | "expression" | "json";

/** More than this is not coloured: what is pasted there is data. */
const LONGEST = 50_000;

/** Colours the expressions of a text, by the grammars that a run reads them with. */
export function highlightExpressions(place: ExpressionPlace) {
  return ViewPlugin.fromClass(
    class {
      decorations: DecorationSet;
      constructor(view: EditorView) {
        this.decorations = decorationsOf(view.state.doc.toString(), place);
      }
      update(update: ViewUpdate): void {
        if (update.docChanged) this.decorations = decorationsOf(update.state.doc.toString(), place);
      }
    },
    { decorations: ({ decorations }) => decorations },
  );
}

interface Token {
  readonly from: number;
  readonly to: number;
  readonly name: string;
}

/** The coloured parts of a text in order; none overlaps another. */
function expressionTokens(text: string, place: ExpressionPlace): readonly Token[] {
  if (text.length > LONGEST) return [];
  switch (place) {
    case "expression":
      return tokensOf(text, 0, "interpolated");
    case "template":
      return templateTokens(text);
    case "json":
      return jsonTexts(text).flatMap((inner) =>
        inner.value.includes("{{") ? tokensInJson(text, inner) : [],
      );
  }
}

function tokensInJson(json: string, inner: JsonText): readonly Token[] {
  return templateTokens(inner.value).map(({ from, to, name }) => {
    const { start, end } = placeInJson(json, inner, { start: from, end: to });
    return { from: start, to: end, name };
  });
}

function templateTokens(text: string): readonly Token[] {
  const tokens: Token[] = [];
  templateTree(text).iterate({
    enter({ name, from, to }) {
      if (name === "Source") tokens.push(...tokensOf(text.slice(from, to), from, "plain"));
      else if (/^(Open|Close|ElseTag|EndTag)/.test(name)) tokens.push({ from, to, name: "brace" });
      else if (name === "Escape") tokens.push({ from, to, name: "escape" });
    },
  });
  return tokens;
}

function tokensOf(source: string, base: number, mode: "plain" | "interpolated"): readonly Token[] {
  const tokens: Token[] = [];
  expressionTree(source, mode).iterate({
    enter({ name, from, to }) {
      const token = tokenNames.get(name) ?? (/^[a-z]+$/.test(name) ? "keyword" : undefined);
      if (token !== undefined && to > from) tokens.push({ from: base + from, to: base + to, name: token });
    },
  });
  return tokens;
}

const tokenNames: ReadonlyMap<string, string> = new Map([
  ["String", "string"],
  ["Number", "number"],
  ["FunctionName", "function"],
  ["FilterName", "function"],
  ["TestName", "function"],
  ["StageRoot", "variable"],
  ["VariableName", "variable"],
  ["Target", "variable"],
  ["StageName", "property"],
  ["PropertyName", "property"],
]);

const marks = new Map<string, Decoration>();

function decorationsOf(text: string, place: ExpressionPlace): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  let done = 0;
  for (const { from, to, name } of expressionTokens(text, place)) {
    if (from < done) continue;
    const mark = marks.get(name) ?? Decoration.mark({ class: `code-${name}` });
    marks.set(name, mark);
    builder.add(from, to, mark);
    done = to;
  }
  return builder.finish();
}
