import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  applyTextEdits,
  type PipelineDocument,
  parsePipeline,
  stageById,
  type TextEdit,
} from "#core/pipeline";
import { arbitraryPipeline } from "../../support/arbitrary-pipeline.ts";
import { corpusFiles } from "../../support/corpus.ts";
import { cases } from "../../support/soak.ts";

const snippets = [
  "",
  "",
  "x",
  '"',
  "{",
  "}",
  "[",
  "]",
  ",",
  ":",
  "\n",
  "//",
  "/*",
  "*/",
  "1",
  '"stages"',
  '{"id":"z","type":"t"},',
  '"a"',
  "<<<<<<< ours\n",
  "\n=======\n",
  "\n>>>>>>> theirs\n",
  "{{len(input.x)}}",
  "\\",
  '"id":"a",',
];

/** An edit whose place and length are shares of whatever text it meets. */
const arbitraryEdits = fc.array(
  fc.array(fc.record({ at: fc.nat(9999), length: fc.nat(12), text: fc.constantFrom(...snippets) }), {
    minLength: 1,
    maxLength: 3,
  }),
  { minLength: 1, maxLength: 6 },
);

function editsFor(
  text: string,
  shares: readonly { at: number; length: number; text: string }[],
): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  let end = 0;
  for (const share of shares.toSorted((a, b) => a.at - b.at)) {
    const offset = Math.max(end, Math.floor((share.at / 9999) * text.length));
    const length = Math.min(share.length, text.length - offset);
    edits.push({ offset, length, text: share.text });
    end = offset + length;
  }
  return edits;
}

function expectSameAsFull(document: PipelineDocument): void {
  const full = parsePipeline(document.text);
  if (isDeepStrictEqual(document, full)) return;
  expect(document).toEqual(full);
  throw new Error("The documents differ in a way that toEqual does not see.");
}

describe("reading on from an earlier document gives what reading anew gives", () => {
  test("for random pipelines and random edits", () => {
    fc.assert(
      fc.property(arbitraryPipeline, arbitraryEdits, ({ text }, rounds) => {
        let document = parsePipeline(text);
        for (const shares of rounds) {
          const edits = editsFor(document.text, shares);
          const next = applyTextEdits(document.text, edits);
          expectSameAsFull(parsePipeline(next, document));
          document = parsePipeline(next, document, edits);
          expectSameAsFull(document);
        }
      }),
      { seed: 11, numRuns: cases(180, 6000) },
    );
  });

  test.each(corpusFiles())("for each character of $name typed and deleted", ({ text }) => {
    const document = parsePipeline(text);
    const step = Math.max(1, Math.floor(text.length / 60));
    for (let offset = 0; offset < text.length; offset += step) {
      for (const edit of [
        { offset, length: 1, text: "" },
        { offset, length: 0, text: text.charAt(offset) },
      ]) {
        const edits = [edit];
        expectSameAsFull(parsePipeline(applyTextEdits(text, edits), document, edits));
      }
    }
  });

  test("when the changes do not lead to the text", () => {
    const document = parsePipeline('{"stages":[{"id":"a","type":"t"}]}');
    const text = '{"stages":[{"id":"b","type":"t"}],"name":"n"}';
    expectSameAsFull(parsePipeline(text, document, [{ offset: 0, length: 0, text: "x" }]));
  });
});

describe("unchanged stages are the same objects", () => {
  const text = JSON.stringify(
    {
      name: "n",
      stages: ["a", "b", "c"].map((id) => ({
        id,
        component_type: "generator",
        config: { prompt: `about ${id}` },
      })),
      layout: { a: { x: 1, y: 2 } },
    },
    null,
    2,
  );
  const document = parsePipeline(text);

  function reused(edits: readonly TextEdit[]): readonly string[] {
    const next = parsePipeline(applyTextEdits(text, edits), document, edits);
    return document.pipeline.stages
      .filter((stage) => next.pipeline.stages.includes(stage))
      .map(({ id }) => id);
  }

  test("after a change inside another stage", () => {
    expect(reused([{ offset: text.indexOf("about b"), length: 5, text: "on" }])).toEqual(["a", "c"]);
  });

  test("after a change that breaks another stage", () => {
    expect(reused([{ offset: text.indexOf("about b"), length: 0, text: '"' }])).toEqual(["a", "c"]);
  });

  test("after a stage is added or removed beside them", () => {
    const offset = text.indexOf("{", text.indexOf("stages"));
    expect(reused([{ offset, length: 0, text: '{"id":"new","type":"t"}, ' }])).toEqual(["a", "b", "c"]);
    const b = document.tree.starts[1] ?? 0;
    const c = document.tree.starts[2] ?? 0;
    expect(reused([{ offset: b, length: c - b, text: "" }])).toEqual(["a", "c"]);
  });

  test("after a change outside the stages", () => {
    expect(reused([{ offset: text.indexOf('"x"') + 5, length: 1, text: "77" }])).toEqual(["a", "b", "c"]);
    expect(reused([{ offset: 0, length: 0, text: "// moved\n" }])).toEqual(["a", "b", "c"]);
  });

  test("and their ids are found in the new document", () => {
    const edits = [{ offset: 0, length: 0, text: "\n\n" }];
    const next = parsePipeline(applyTextEdits(text, edits), document, edits);
    expect(stageById(next, "b")).toBe(document.pipeline.stages[1]);
  });
});
