import fc from "fast-check";
import { expect, test } from "vitest";
import type { Range } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { parsePipeline } from "#core/pipeline";
import { openText } from "../../language-server/open-text.ts";
import { documentJson } from "../support/document-json.ts";
import { cases } from "../support/soak.ts";

const place = fc.record({ line: fc.nat(6), character: fc.nat(14) });
const change = fc.record({
  start: place,
  end: place,
  text: fc.constantFrom("", "x", '"', "\n", "\r\n", "{}", "ab\ncd"),
});
const changes = fc.array(change, { minLength: 1, maxLength: 6 }).chain((list) =>
  fc.constantFrom(
    list,
    // As an editor sends those of several cursors.
    list.toSorted((a, b) => b.start.line - a.start.line || b.start.character - a.start.character),
  ),
);

test("LS-01 changes are taken in as the protocol says, those of several cursors too", () => {
  fc.assert(
    fc.property(fc.constantFrom("\n", "\r\n", "\r"), fc.array(changes, { maxLength: 3 }), (eol, batches) => {
      const text = `{${eol}  "stages": [${eol}    { "id": "a" },${eol}    { "id": "b" }${eol}  ]${eol}}${eol}`;
      const open = openText(text, 1);
      let expected = text;
      for (const [index, batch] of batches.entries()) {
        const events = batch.map(({ start, end, text: by }) => ({
          range:
            start.line < end.line || (start.line === end.line && start.character <= end.character)
              ? { start, end }
              : { start: end, end: start },
          text: by,
        }));
        open.change(events, index + 2);
        for (const event of events) expected = changed(expected, event);
        expect(open.read().text).toBe(expected);
        expect(documentJson(open.document)).toEqual(documentJson(parsePipeline(expected)));
      }
    }),
    { seed: 7, numRuns: cases(300, 20_000) },
  );
});

/** One change of a text, after which its places are looked for anew. */
function changed(
  text: string,
  { range, text: by }: { readonly range: Range; readonly text: string },
): string {
  const document = TextDocument.create("file:///a", "json", 1, text);
  return text.slice(0, document.offsetAt(range.start)) + by + text.slice(document.offsetAt(range.end));
}

test("LS-01 a change at each of very many cursors is taken in as one", () => {
  const lines = 20_000;
  const open = openText("x\n".repeat(lines), 1);
  const start = process.cpuUsage();
  open.change(
    Array.from({ length: lines }, (_, index) => {
      const at = { line: lines - 1 - index, character: 0 };
      return { range: { start: at, end: at }, text: "y" };
    }),
    2,
  );
  // Where the lines were looked for after each, it took a minute.
  expect(process.cpuUsage(start).user).toBeLessThan(2_000_000);
  expect(open.read().text).toBe("yx\n".repeat(lines));
});
