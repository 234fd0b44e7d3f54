import { RangeSetBuilder } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  ViewPlugin,
  type ViewUpdate,
} from "@codemirror/view";
import { expressionTree, templateTree } from "#core/expressions";

/** What a text is: prose with `{{ }}` in it, or a bare expression. */
export type ExpressionPlace = "template" | "expression";

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
export function expressionTokens(text: string, place: ExpressionPlace): readonly Token[] {
  if (text.length > LONGEST) return [];
  if (place === "expression") return tokensOf(text, 0, "interpolated");
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
