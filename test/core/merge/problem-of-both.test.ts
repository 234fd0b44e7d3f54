import { expect, test } from "vitest";
import { type MergeOptions, mergeAndCheck } from "#core/merge";

type Stage = Readonly<Record<string, unknown>> & { readonly id: string };

const source: Stage = { id: "source", component_type: "logger", config: { message: "m" } };
const reader: Stage = {
  id: "reader",
  component_type: "logger",
  config: { message: "{{ upstream.source.log_id }}" },
};
const inner: Stage = { id: "inner", component_type: "logger", config: { message: "i" } };
const loop = (...loop_stages: readonly string[]): Stage => ({
  id: "loop",
  component_type: "foreach",
  config: { items: [1], loop_stages },
});
const asks = (id: string, member: string): Stage => ({
  id,
  component_type: "conditional",
  config: { condition: "true", true_stages: [member] },
});
const last: Stage = { id: "last", component_type: "logger", config: { message: "l" } };

const written = (...stages: readonly Stage[]): string => JSON.stringify({ name: "p", stages }, null, 2);
const base = written(source, loop("reader", "inner"), reader, inner, last);
/** The reader goes out of the loop. */
const ours = written(source, loop("inner"), reader, inner, asks("last", "reader"));
/** What it reads goes into the loop, with what enables it. */
const theirs = written(source, loop("reader", "inner"), reader, asks("inner", "source"), last);

function decisionsOf(options: MergeOptions = {}, other: string = theirs): readonly unknown[] {
  const result = mergeAndCheck(base, ours, other, options);
  if (!result.ok) throw new Error(result.message);
  return result.decisions
    .filter(({ state }) => state !== "automatic")
    .map(({ id, state, reason, stage, message, resolutions }) => ({
      ...{ id, state, reason, stage, message, resolutions },
    }));
}

const told = {
  id: "problem:FM1207:reader",
  state: "open",
  reason: "problem-of-both",
  stage: "reader",
  message: expect.stringMatching(/^With both changes there is an error that neither side has\. .*: "source"/),
  resolutions: ["both"],
};

test("DM-08 an error that no rule foresaw, and that neither side has, is an open decision, whichever side is favored", () => {
  expect(decisionsOf()).toEqual([told]);
  expect(decisionsOf({ favor: "theirs" })).toEqual([told]);
  expect(decisionsOf({ choices: new Map([[told.id, "both"]]) })).toEqual([{ ...told, state: "chosen" }]);
});

test("DM-08 an error of a kind that a side has is none of the merge", () => {
  const wrong: Stage = { ...last, config: { message: "{{ upstream.inner.log_id }}" } };
  const wrongAlready = written(
    source,
    loop("reader", "inner"),
    reader,
    asks("inner", "source"),
    { ...wrong, id: "wrong" },
    last,
  );
  expect(decisionsOf({}, wrongAlready)).toEqual([]);
});

test("DM-08 an error that somebody wrote as a value of their own is none of both sides", () => {
  const prompts = (prompt: string): string =>
    written({ id: "ask", component_type: "generator", config: { prompt } });
  const id = "/stages/ask/config/prompt";
  const choices = new Map([[id, { value: "{{ upstream.nobody.text }}" }]]);
  const result = mergeAndCheck(prompts("Say it."), prompts("Say it once."), prompts("Say it twice."), {
    choices,
  });
  expect(result).toMatchObject({ ok: true, text: expect.stringContaining("nobody"), decisions: [{ id }] });
});
