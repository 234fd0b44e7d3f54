import { expect, test } from "vitest";
import { assistantFor } from "../../../webview/inspector/code/field-assistant.ts";
import { problemsInText } from "../../../webview/inspector/code/problems-in-text.ts";

/** What is asked of a JSON with the cursor at `|`; null where nothing is. */
async function asked(marked: string): Promise<string | null> {
  const offset = marked.indexOf("|");
  let question: string | null = null;
  const assistant = assistantFor("json", {
    complete: async ({ path, text, offset: at }) => {
      question = `${path.join(".")}: ${text.slice(0, at)}|${text.slice(at)}`;
      return { from: at, items: [] };
    },
    hover: async () => null,
  });
  const json = marked.replace("|", "");
  const { from } = await assistant.complete(json, offset);
  if (question !== null) expect(from).toBe(offset);
  return question;
}

test.each([
  ['{"a": "{{ upstream.| }}", "b": 1}', "a: {{ upstream.| }}"],
  ['{\n  "a": [0, {"b": "x {{ i|"}]\n}', "a.1.b: x {{ i|"],
  // What is not closed yet ends with its line.
  ['{\n  "a": "{{ upstream.|\n}', "a: {{ upstream.|"],
  ['"{{ upstream.|"', ": {{ upstream.|"],
  // An escape is one unit of what is asked about.
  ['["é\\n\\u00e9 {{ upstream[\\"x\\"].|"]', '0: é\né {{ upstream["x"].|'],
  ['{"{{ key|": 1}', null],
  ['{"a": "done"|}', null],
  ['{"a": 1|}', null],
  ["|", null],
])("LS-03 in the JSON %s a completion is asked of its text alone", async (marked, question) => {
  expect(await asked(marked)).toBe(question);
});

test("a problem of a text in JSON is where that is written, whatever is escaped before it", () => {
  const problem = {
    stage: "a",
    severity: "error",
    code: "FM1",
    message: "No such name.",
    line0: 0,
    path: ["config", "headers", "X", "1"],
    within: { from: 3, to: 6 },
  } as const;
  const json = '{"X": ["no", "a\\tb\\"cde\\n"]}';
  const [found] = problemsInText("json", json, ["config", "headers"], [problem]);
  expect(json.slice(found?.from, found?.to)).toBe('\\"cd');
});
