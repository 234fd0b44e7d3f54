import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** A real pipeline file of the corpus. */
export interface CorpusFile {
  readonly name: string;
  readonly text: string;
}

/** How many files the corpus has; a corpus with fewer is not the corpus. */
const EXPECTED_FILES = 24;

/**
 * The corpus: 24 real pipeline files in all five dialects. It lies beside the clone; FLOWMASON_CORPUS names another
 * place. Throws when it is missing, since a test that passes without it proves nothing.
 */
export function corpusFiles(): readonly CorpusFile[] {
  const folder =
    process.env["FLOWMASON_CORPUS"] ?? resolve(import.meta.dirname, "..", "..", "..", "shared", "corpus");
  const names = readdirSync(folder)
    .filter((name) => name.endsWith(".json") && name !== "index.json")
    .toSorted();
  if (names.length < EXPECTED_FILES) {
    throw new Error(`${folder} holds ${names.length} pipelines, expected ${EXPECTED_FILES}.`);
  }
  return names.map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));
}

/** One file of the corpus. */
export function corpusFile(name: string): CorpusFile {
  const file = corpusFiles().find((candidate) => candidate.name === name);
  if (file === undefined) throw new Error(`The corpus has no file ${name}.`);
  return file;
}
