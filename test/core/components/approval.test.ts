import { describe, expect, test } from "vitest";
import type { Answer, AskPort, JsonObject, Question } from "#core/ports";
import { failureOf, outputOf, runComponent } from "../../support/run-component.ts";

/** Someone who answers each question at once. */
function someone(value: Answer["value"], asked: Question[] = []): { readonly people: AskPort } {
  return {
    people: {
      ask: async (question) => {
        asked.push(question);
        return { kind: "answered", answer: { value, by: "ada", via: "test" } };
      },
    },
  };
}

/** Someone who never answers. */
const silent: { readonly people: AskPort } = {
  people: {
    ask: (_question, _from, signal) =>
      new Promise((resolve) => {
        signal.addEventListener("abort", () => resolve({ kind: "unanswerable", reason: "gone" }));
      }),
  },
};

const soon = { timeout: "20ms" };

describe("an approval", () => {
  test("asks for yes or no, and tells who answered", async () => {
    const asked: Question[] = [];
    const inputs = { prompt: "Deploy?", title: "Release", default: true, answerers: ["ada"] };
    const { output, events } = await runComponent("approval", inputs, { ports: someone(true, asked) });
    expect(output).toEqual({
      answer: true,
      approved: true,
      answered_by: "ada",
      answered_at: expect.stringMatching(/^\d{4}-.*Z$/),
      answered_via: "test",
      timed_out: false,
    });
    expect(asked).toEqual([
      {
        id: "stage#1",
        kind: "confirm",
        title: "Release",
        prompt: "Deploy?",
        options: [],
        default: true,
        answerers: ["ada"],
        expiresAt: null,
      },
    ]);
    expect(events).toEqual([
      { kind: "question-asked", question: asked[0] },
      {
        kind: "question-closed",
        id: "stage#1",
        end: { kind: "answered", answer: { value: true, by: "ada", via: "test" } },
      },
    ]);
  });

  test("a no is an answer, and a failure where the stage says so", async () => {
    expect(await outputOf("approval", { prompt: "Deploy?" }, { ports: someone(false) })).toMatchObject({
      answer: false,
      approved: false,
    });
    const inputs = { prompt: "Deploy?", on_refusal: "fail" };
    const failure = await failureOf("approval", inputs, { ports: someone(false) });
    expect(failure).toMatchObject({ type: "EXECUTION", message: 'ada said no to "Deploy?".' });
  });

  test("a choice and a text are their answers", async () => {
    const asked: Question[] = [];
    const choice = { prompt: "Where?", type: "choice", choices: ["eu", "us", "eu"] };
    expect(await outputOf("approval", choice, { ports: someone("us", asked) })).toMatchObject({
      answer: "us",
      approved: true,
    });
    expect(asked[0]?.options).toEqual(["eu", "us"]);
    const text = { question: "Why?", kind: "text" };
    expect(await outputOf("approval", text, { ports: someone("so") })).toHaveProperty("answer", "so");
  });

  test.each<[JsonObject, string]>([
    [{ kind: "choice" }, "options"],
    [{ kind: "choice", options: ["a"], default: "b" }, "default"],
    [{ default: "yes" }, "default"],
    [{ kind: "text", default: true }, "default"],
    [{ on_timeout: "default", timeout: 1 }, "default"],
    [{ timeout: "soon" }, "timeout"],
  ])("refuses %j, naming the field", async (inputs, field) => {
    const failure = await failureOf("approval", { prompt: "?", ...inputs }, { ports: someone(true) });
    expect(failure).toMatchObject({ type: "VALIDATION", field });
  });
});

describe("when no one answers in time", () => {
  test("the stage fails", async () => {
    const { failure, events } = await runComponent("approval", { prompt: "?", ...soon }, { ports: silent });
    expect(failure).toMatchObject({ type: "TIMEOUT" });
    expect(events.at(-1)).toEqual({ kind: "question-closed", id: "stage#1", end: { kind: "expired" } });
  });

  test("or it counts as a no, or as the default", async () => {
    const refused = { prompt: "?", ...soon, on_timeout: "refuse" };
    expect(await outputOf("approval", refused, { ports: silent })).toMatchObject({
      answer: false,
      approved: false,
      answered_by: null,
      timed_out: true,
    });
    const assumed = { prompt: "?", ...soon, on_timeout: "default", default: true };
    expect(await outputOf("approval", assumed, { ports: silent })).toMatchObject({
      answer: true,
      approved: true,
      timed_out: true,
    });
  });
});

test("where no one can be asked, the stage fails at once and says why", async () => {
  const failure = await failureOf("approval", { prompt: "Deploy?" });
  expect(failure.message).toContain("this run was started where no one can be asked");
});

test("a cancelled stage withdraws its question", async () => {
  const stop = new AbortController();
  const { failure, events } = await runComponent(
    "approval",
    { prompt: "?" },
    {
      ports: silent,
      signal: stop.signal,
      onEvent: ({ kind }) => {
        if (kind === "question-asked") queueMicrotask(() => stop.abort());
      },
    },
  );
  expect(failure).toMatchObject({ type: "CANCELLED" });
  expect(events.at(-1)).toMatchObject({ kind: "question-closed", end: { kind: "withdrawn" } });
});
