import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Question } from "#core/ports";
import { createRunQuestions, type RunQuestions, waitingRuns } from "#host";
import { temporaryFolder } from "../support/fm.ts";

const question: Question = {
  id: "deploy#1",
  kind: "confirm",
  title: null,
  prompt: "Deploy?",
  options: [],
  default: null,
  answerers: [],
  expiresAt: null,
};
const asker = { runId: "run7", stage: "deploy" };
const ada = { by: "ada", via: "test" };

function questionsIn(root: string): RunQuestions {
  const questions = createRunQuestions(root, "alone");
  onTestFinished(() => questions.close());
  return questions;
}

/** Asks, and resolves once the question is open. */
async function asked(
  questions: RunQuestions,
  what: Question = question,
  signal: AbortSignal = new AbortController().signal,
): Promise<{ readonly result: ReturnType<RunQuestions["people"]["ask"]> }> {
  const open = Promise.withResolvers<void>();
  const stop = questions.pending.onChange(({ kind }) => {
    if (kind === "asked") open.resolve();
  });
  const result = questions.people.ask(what, asker, signal);
  await open.promise;
  stop();
  return { result };
}

describe("pending questions", () => {
  test("the first answer counts, the second is told so", async () => {
    const questions = questionsIn(await temporaryFolder());
    const { result } = await asked(questions);
    expect(questions.pending.answer("deploy#1", "y", ada)).toMatchObject({ ok: true });
    expect(questions.pending.answer("deploy#1", "no", ada)).toMatchObject({ ok: false, reason: "answered" });
    expect(await result).toEqual({ kind: "answered", answer: { value: true, ...ada } });
    expect(questions.pending.all()).toEqual([]);
  });

  test("what does not fit leaves it open", async () => {
    const questions = questionsIn(await temporaryFolder());
    const choice: Question = { ...question, kind: "choice", options: ["eu", "us", "3"], answerers: ["ada"] };
    const { result } = await asked(questions, choice);
    const { pending } = questions;
    expect(pending.answer("deploy#1", "asia", ada)).toMatchObject({ reason: "unfit" });
    expect(pending.answer("deploy#1", "0", ada)).toMatchObject({ reason: "unfit" });
    expect(pending.answer("deploy#1", "eu", { by: "eve", via: "test" })).toMatchObject({
      reason: "not-allowed",
    });
    expect(pending.answer("other", "eu", ada)).toMatchObject({ reason: "unknown" });
    expect(pending.answer("deploy#1", "2", ada)).toMatchObject({ ok: true });
    expect(await result).toMatchObject({ answer: { value: "us" } });
  });

  test("a withdrawn question is told of, and takes no answer", async () => {
    const questions = questionsIn(await temporaryFolder());
    const stop = new AbortController();
    const { result } = await asked(questions, question, stop.signal);
    const changes: string[] = [];
    questions.pending.onChange(({ kind }) => changes.push(kind));
    stop.abort();
    expect(await result).toMatchObject({ kind: "unanswerable" });
    expect(changes).toEqual(["withdrawn"]);
    expect(questions.pending.answer("deploy#1", "yes", ada)).toMatchObject({ ok: false, reason: "answered" });
  });
});

describe("the place where other processes answer", () => {
  test("is there from the first question to the end, for its owner only", async () => {
    const root = await temporaryFolder();
    const questions = questionsIn(root);
    expect(await readdir(root)).toEqual([]);
    const { result } = await asked(questions);
    const folder = join(root, ".flowmason", "runs", "run7");
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(join(folder, "answers.json"))).mode & 0o777).toBe(0o600);
    expect(await readFile(join(root, ".flowmason", ".gitignore"), "utf8")).toBe("*\n");
    const [run, ...others] = await waitingRuns(root);
    expect(others).toEqual([]);
    expect(run).toMatchObject({ runId: "run7", questions: [{ stage: "deploy", question }] });
    expect(await run?.answer("deploy#1", "yes", "ada")).toEqual({ kind: "taken" });
    expect(await result).toMatchObject({ answer: { value: true, by: "ada", via: "fm answer" } });
    questions.close();
    expect(await readdir(join(root, ".flowmason", "runs"))).toEqual([]);
    expect(await waitingRuns(root)).toEqual([]);
  });

  test("of many answers at once exactly one is taken", async () => {
    const root = await temporaryFolder();
    const questions = questionsIn(root);
    await asked(questions);
    const [run] = await waitingRuns(root);
    const said = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => run?.answer("deploy#1", "yes", `person ${index}`)),
    );
    expect(said.filter((each) => each?.kind === "taken")).toHaveLength(1);
    expect(said.filter((each) => each?.kind === "refused" && each.reason === "answered")).toHaveLength(19);
  });

  test("who does not know the token is not heard", async () => {
    const root = await temporaryFolder();
    const questions = questionsIn(root);
    await asked(questions);
    const file = join(root, ".flowmason", "runs", "run7", "answers.json");
    const { port } = JSON.parse(await readFile(file, "utf8")) as { readonly port: number };
    const forged = { kind: "answer", token: "x", id: "deploy#1", value: "yes", by: null };
    for (const line of ["GET / HTTP/1.1\r", JSON.stringify(forged)]) {
      expect(JSON.parse(await sent(port, line))).toMatchObject({ kind: "refused", reason: "malformed" });
    }
    expect(questions.pending.all()).toHaveLength(1);
  });

  test("what a dead run left is cleared away", async () => {
    const root = await temporaryFolder();
    const questions = questionsIn(root);
    await asked(questions);
    const runs = join(root, ".flowmason", "runs");
    const left = await readFile(join(runs, "run7", "answers.json"), "utf8");
    questions.close();
    await mkdir(join(runs, "run7"));
    await writeFile(join(runs, "run7", "answers.json"), left);
    expect(await waitingRuns(root)).toEqual([]);
    expect(await readdir(runs)).toEqual([]);
  });

  test("where it cannot be, and no one is there, a question fails at once", async () => {
    const root = join(await temporaryFolder(), "file");
    await writeFile(root, "");
    const result = await questionsIn(root).people.ask(question, asker, new AbortController().signal);
    expect(result).toMatchObject({ kind: "unanswerable", reason: expect.stringContaining("ENOTDIR") });
  });
});

/** What comes back for one line. */
function sent(port: number, line: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(`${line}\n`));
    let text = "";
    socket.setEncoding("utf8");
    socket.on("data", (piece: string) => {
      text += piece;
    });
    socket.on("error", reject);
    socket.on("close", () => resolve(text));
  });
}
