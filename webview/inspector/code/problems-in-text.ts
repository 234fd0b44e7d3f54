import type { CanvasProblem } from "#protocol";
import type { CodeLanguage } from "./code-language.ts";
import { jsonTextAtPath, placeInJson } from "./json-text.ts";

/** A problem and where it is in the text of a field. */
export interface TextProblem {
  readonly from: number;
  readonly to: number;
  readonly severity: CanvasProblem["severity"];
  readonly message: string;
}

/** The problems that have a place in the text of the field at a path, or in a text of the JSON that it is. */
export function problemsInText(
  language: CodeLanguage,
  text: string,
  path: readonly string[],
  problems: readonly CanvasProblem[],
): readonly TextProblem[] {
  return problems.flatMap((problem) => {
    const place = placeOf(language, text, path, problem);
    const { severity, message } = problem;
    return place === null ? [] : [{ ...place, severity, message }];
  });
}

function placeOf(
  language: CodeLanguage,
  text: string,
  path: readonly string[],
  { within, path: at }: CanvasProblem,
): CanvasProblem["within"] {
  if (within === null) return null;
  switch (language) {
    case "template":
    case "expression":
      return within;
    case "json": {
      const inner = jsonTextAtPath(text, at.slice(path.length));
      if (inner === null) return null;
      const { start, end } = placeInJson(text, inner, { start: within.from, end: within.to });
      return { from: start, to: end };
    }
  }
}
