import fc from "fast-check";
import { expect, test } from "vitest";
import { checkPipeline } from "#core/checks";
import { applyTextEdits, parsePipeline } from "#core/pipeline";
import { arbitraryPipeline } from "../../support/arbitrary-pipeline.ts";
import { corpusFiles } from "../../support/corpus.ts";
import { problemsOf, ruleNameOf } from "./marked.ts";

const snippets = [
  '"a"',
  "b",
  "c",
  "depends_on",
  "upstream.b",
  "{{item}}",
  "input.x",
  '"',
  "}",
  "{",
  ",",
  "\\n",
  "",
  "",
  '"enabled":false,',
];
const edits = fc.array(
  fc.record({ at: fc.nat(9999), length: fc.nat(8), text: fc.constantFrom(...snippets) }),
  { minLength: 1, maxLength: 8 },
);
const text = fc.oneof(
  arbitraryPipeline.map((pipeline) => pipeline.text),
  fc.constantFrom(...corpusFiles().map((file) => file.text)),
);

test("checking on from an earlier document finds what checking anew finds", () => {
  fc.assert(
    fc.property(text, edits, (first, rounds) => {
      let document = parsePipeline(first);
      checkPipeline(document);
      for (const { at, length, text: inserted } of rounds) {
        const offset = Math.floor((at / 9999) * document.text.length);
        const edit = { offset, length: Math.min(length, document.text.length - offset), text: inserted };
        const changed = applyTextEdits(document.text, [edit]);
        document = parsePipeline(changed, document, [edit]);
        expect(checkPipeline(document).problems).toEqual(problemsOf(changed));
      }
    }),
    { seed: 77, numRuns: 100 },
  );
});

test("going back to an earlier document finds the same again", () => {
  const before = parsePipeline(
    '{"stages":[{"id":"a","component_type":"logger","config":{"message":"x"}},{"id":"b","component_type":"logger","depends_on":["a"],"config":{"message":"{{upstream.a.logged}}"}}]}',
  );
  const found = checkPipeline(before).problems;
  const offset = before.text.indexOf('"a"') + 1;
  const after = parsePipeline(applyTextEdits(before.text, [{ offset, length: 1, text: "z" }]), before);
  expect(checkPipeline(after).problems.map(ruleNameOf)).toEqual(["unknown-dependency", "unknown-stage"]);
  expect(checkPipeline(before).problems).toEqual(found);
});
