import fc from "fast-check";
import type { Dialect } from "#core/pipeline";
import { arbitraryStyle, type WritingStyle, writeInStyle } from "../support/arbitrary-pipeline.ts";
import { type CorpusFile, corpusFiles } from "../support/corpus.ts";
import { type PlannedStage, writeWorkflow } from "./write-workflow.ts";

/** A file that gestures are made in, and where it is from. */
export interface GestureFile {
  readonly from: string;
  readonly text: string;
}

const dialects = ["L1", "L1x", "L2", "L3", "L4"] as const satisfies readonly Dialect[];

const style: fc.Arbitrary<WritingStyle> = fc
  .tuple(arbitraryStyle, fc.constantFrom("  ", "    ", "\t", " ", "   "), fc.nat(9))
  .map(([each, indent, rare]) => ({ ...each, indent, minified: each.minified && rare < 3 }));

const stage: fc.Arbitrary<PlannedStage> = fc.record({
  kind: fc.nat(11),
  inside: fc.nat(7),
  arm: fc.nat(2),
  waits: fc.nat(255),
  reads: fc.nat(15),
  extras: fc.nat(63),
});

const generated: fc.Arbitrary<GestureFile> = fc
  .record({
    dialect: fc.constantFrom(...dialects),
    stages: fc.array(stage, { maxLength: 8 }),
    around: fc.nat(127),
    style,
    bom: fc.nat(5),
  })
  .map((plan) => ({
    from: `generated, ${plan.dialect}`,
    text: (plan.bom === 5 ? "\uFEFF" : "") + writeInStyle(writeWorkflow(plan), plan.style),
  }));

const corpus: fc.Arbitrary<GestureFile> = fc
  .record({
    file: fc.constantFrom(...corpusFiles()),
    eol: fc.constantFrom("\n", "\r\n"),
    indent: fc.constantFrom(null, "\t", "   "),
    end: fc.constantFrom("kept", "none", "newline"),
    comments: fc.nat(3),
    bom: fc.nat(5),
  })
  .map(({ file, ...change }) => ({ from: file.name, text: rewritten(file, change) }));

/** Files of the corpus, written differently, and generated ones. */
export const arbitraryFile: fc.Arbitrary<GestureFile> = fc.oneof(generated, corpus);

interface Rewriting {
  readonly eol: string;
  readonly indent: string | null;
  readonly end: string;
  readonly comments: number;
  readonly bom: number;
}

function rewritten({ text }: CorpusFile, { eol, indent, end, comments, bom }: Rewriting): string {
  const unit = /^( +)"/m.exec(text)?.[1]?.length ?? 2;
  const lines = text.trimEnd().split(/\r?\n/);
  const written = lines.map((line, index) => {
    const blanks = /^ */.exec(line)?.[0].length ?? 0;
    const before = indent === null ? line.slice(0, blanks) : indent.repeat(Math.round(blanks / unit));
    const comment = comments === 3 && index % 3 === 1 ? " // mind this" : "";
    return before + line.slice(blanks) + comment;
  });
  const last = end === "newline" || (end === "kept" && /\n$/.test(text)) ? eol : "";
  return (bom === 5 ? "\uFEFF" : "") + written.join(eol) + last;
}
