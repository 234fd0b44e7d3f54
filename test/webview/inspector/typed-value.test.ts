import fc from "fast-check";
import { expect, test } from "vitest";
import type { JsonValue } from "#core/pipeline";
import type { Editor } from "../../../webview/inspector/form/editor.ts";
import { editorsFor } from "../../../webview/inspector/form/editor.ts";
import { textOf, typedValue } from "../../../webview/inspector/form/typed-value.ts";

const number: Editor = { kind: "number", integer: false };
const everyEditor: readonly Editor[] = [
  { kind: "switch" },
  number,
  { kind: "lines" },
  { kind: "choice", options: ["a", "b"] },
  { kind: "text", lines: "several", templates: true },
  { kind: "json" },
];

test("what an editor shows of a value means that value again", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const editor = everyEditor[editorsFor(everyEditor, value as JsonValue).chosen];
      if (editor === undefined || value === "" || (Array.isArray(value) && value.length === 0)) return;
      const trimmed =
        Array.isArray(value) && value.some((item) => typeof item === "string" && item.trim() !== item);
      if (editor.kind === "lines" && trimmed) return;
      const typed = typedValue(editor, textOf(editor, value as JsonValue));
      expect(typed).toEqual({ kind: "value", value: JSON.parse(JSON.stringify(value)) });
    }),
    { seed: 5, numRuns: 500 },
  );
});

test.each<[Editor, string, JsonValue]>([
  [number, " 1.5e2 ", 150],
  [{ kind: "template" }, "7", 7],
  [{ kind: "template" }, "{{ input.n }}", "{{ input.n }}"],
  [{ kind: "number-or-text" }, "30", 30],
  [{ kind: "number-or-text" }, "30s", "30s"],
  // A number that a file would hold as another one stays the text that was typed.
  [{ kind: "number-or-text" }, "12345678901234567890", "12345678901234567890"],
  [{ kind: "template" }, "1e999", "1e999"],
  [{ kind: "lines" }, "a\n\n b \n", ["a", "b"]],
  [{ kind: "json" }, '{"a": [1]}', { a: [1] }],
])("in %o %o is %o", (editor, text, value) => {
  expect(typedValue(editor, text)).toEqual({ kind: "value", value });
});

test("what cannot be written says why, and an empty field gives nothing", () => {
  expect(typedValue(number, "1.")).toMatchObject({ kind: "unusable" });
  expect(typedValue({ kind: "number", integer: true }, "1.5")).toMatchObject({ kind: "unusable" });
  expect(typedValue({ kind: "json" }, "{")).toMatchObject({ kind: "unusable" });
  expect(typedValue(number, "")).toEqual({ kind: "nothing" });
  expect(typedValue({ kind: "json" }, " ")).toEqual({ kind: "nothing" });
});

test.each(["1e999", "-1e999", "9007199254740993", "0.12345678901234567"])(
  "%s is refused for a number, which could not hold it",
  (text) => {
    expect(typedValue(number, text)).toMatchObject({ kind: "unusable" });
  },
);
