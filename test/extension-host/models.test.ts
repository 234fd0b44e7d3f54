import * as assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import { type JournalEvent, readJournal } from "#core/journal";
import type { Call, ModelStand } from "./model-provider/extension.ts";
import { cleanUp, eventually, workspaceFolder, writeFile } from "./support.ts";

suite("models of VS Code", () => {
  let stand: ModelStand;

  suiteSetup(async () => {
    const extension = vscode.extensions.getExtension<ModelStand>("flowmason-test.models");
    assert.ok(extension, "the tests need the extension that brings models");
    stand = await extension.activate();
  });

  setup(() => {
    stand.counting = "words";
    stand.offer("small", "large");
  });

  const subscriptions: vscode.Disposable[] = [];
  teardown(async () => {
    vscode.Disposable.from(...subscriptions.splice(0)).dispose();
    await cleanUp();
  });

  test("a stage streams from the model that it names, and the record has what was said and what was not possible", async () => {
    const run = await start([
      ask("ask", { model: "large", system_prompt: "Be brief.", temperature: 0.5, max_tokens: 50 }),
    ]);
    const call = await run.call(0);
    assert.equal(call.model, "large");
    assert.deepEqual(call.messages, [
      { role: "user", text: "Be brief." },
      { role: "user", text: "How are you?" },
    ]);
    assert.deepEqual(call.modelOptions, { temperature: 0.5, max_tokens: 50 });
    call.say("Very ");
    await run.untilTold("Very ");
    call.say("well.");
    call.end();
    await run.ended();
    assert.match(run.output(), /"content": "Very well\."/);
    const events = run.journal();
    assert.equal(events.filter((event) => event.kind === "stage-delta").length, 2);
    const answered = events.find((event) => event.kind === "model-answered");
    assert.ok(answered);
    const { durationMs: _time, ...usage } = answered.usage;
    assert.deepEqual(usage, {
      provider: "vscode",
      model: "acme/large",
      inputTokens: 5,
      outputTokens: 2,
      tokensCounted: true,
    });
    const warnings = events.filter((event) => event.kind === "stage-log").map(({ message }) => message);
    assert.equal(warnings.length, 2);
    assert.match(warnings[0] ?? "", /no system role/);
    assert.match(warnings[1] ?? "", /temperature, max_tokens went along as options/);
  });

  test("a family names a model, and tokens that a model tells are not counted", async () => {
    const run = await start([ask("ask", { model: "large-family" })]);
    const call = await run.call(0);
    assert.equal(call.model, "large");
    call.say("Well.");
    call.report(data("usage", JSON.stringify({ prompt_tokens: 11, completion_tokens: 7 })));
    call.report(data("stateful_marker", "x"));
    call.report(data("image/png", "not a picture"));
    call.end();
    await run.ended();
    const usage = run.journal().find((event) => event.kind === "model-answered")?.usage;
    assert.equal(usage?.inputTokens, 11);
    assert.equal(usage?.outputTokens, 7);
    assert.equal(usage?.tokensCounted, undefined);
    const logs = run.journal().filter((event) => event.kind === "stage-log");
    assert.equal(logs.length, 1);
    assert.match(logs[0]?.message ?? "", /parts that are no text, which are left out: data \(image\/png\)/);
  });

  test("without a name the first model answers; tokens that nobody knows are null", async () => {
    stand.counting = "broken";
    stand.offer("only");
    const run = await start([ask("ask", {})]);
    const call = await run.call(0);
    assert.equal(call.model, "only");
    call.say("Well.");
    call.end();
    await run.ended();
    const usage = run.journal().find((event) => event.kind === "model-answered")?.usage;
    assert.equal(usage?.model, "acme/only");
    assert.equal(usage?.inputTokens, null);
    assert.equal(usage?.tokensCounted, undefined);
  });

  test("a model that is not there fails the stage, which names those that are; none at all too", async () => {
    const wrong = await start([ask("ask", { model: "huge" })]);
    await wrong.ended();
    assert.match(wrong.output(), /no model "huge"\. It offers acme\/small, acme\/large\./);
    stand.offer();
    const none = await start([ask("ask", {})]);
    await none.ended();
    assert.match(none.output(), /VS Code offers no language model\. Install/);
  });

  test("two stages at the same time get an answer each", async () => {
    const both = {
      id: "both",
      component_type: "json_transform",
      config: { template: "{{ a.content }}-{{ b.content }}" },
    };
    const run = await start([ask("a", { model: "small" }), ask("b", { model: "large" }), both]);
    const calls = [await run.call(0), await run.call(1)];
    for (const { model, say } of calls) say(`${model} `);
    for (const { model, say, end } of calls.toReversed()) {
      say(model);
      end();
    }
    await run.ended();
    assert.match(run.output(), /Output: "small small-large large"/);
  });

  test("stopping the run in mid-stream cancels the call of the model", async () => {
    const run = await start([ask("ask", {})]);
    const call = await run.call(0);
    call.say("Once ");
    await run.untilTold("Once ");
    const cancelled = eventually(
      () => (call.token.isCancellationRequested ? true : undefined),
      call.token.onCancellationRequested,
    );
    await vscode.debug.stopDebugging(run.session);
    await cancelled;
    call.say("late");
    call.end();
    await run.ended();
    const last = run.journal().at(-1);
    assert.ok(last?.kind === "run-finished" && last.status === "cancelled");
  });

  test("what VS Code and providers refuse fails the stage with what to do", async () => {
    const refusals: readonly (readonly [Error, RegExp])[] = [
      [
        vscode.LanguageModelError.NoPermissions("not you"),
        /does not let FlowMason use acme\/small: not you\. Run again/,
      ],
      [vscode.LanguageModelError.Blocked("quota"), /acme\/small does not answer FlowMason: quota\. A quota/],
      [vscode.LanguageModelError.NotFound("gone"), /acme\/small is not there any more: gone\. Run again/],
      [new Error("fire"), /acme\/small gave no answer, or not all of it: .*fire/],
    ];
    for (const [error, message] of refusals) {
      const run = await start([ask("ask", {})]);
      const call = await run.call(0);
      call.fail(error);
      await run.ended();
      assert.match(run.output(), message);
    }
  });

  interface RunOfModels {
    readonly session: vscode.DebugSession;
    call(index: number): Promise<Call>;
    untilTold(text: string): Promise<unknown>;
    output(): string;
    ended(): Promise<unknown>;
    journal(): readonly JournalEvent[];
  }

  async function start(stages: readonly object[]): Promise<RunOfModels> {
    const calls: Call[] = [];
    const changed = new vscode.EventEmitter<void>();
    let output = "";
    let session: vscode.DebugSession | undefined;
    let hasEnded = false;
    subscriptions.push(
      changed,
      stand.onDidCall((call) => {
        calls.push(call);
        changed.fire();
      }),
    );
    const tracker = vscode.debug.registerDebugAdapterTrackerFactory("flowmason", {
      createDebugAdapterTracker: (started) => {
        session = started;
        return {
          onDidSendMessage: (message: {
            readonly event?: string;
            readonly body?: { readonly output?: string };
          }) => {
            if (message.event === "output") output += message.body?.output ?? "";
            if (message.event === "terminated") hasEnded = true;
            changed.fire();
          },
        };
      },
    });
    const uri = writeFile(
      "models/ask.pipeline.json",
      JSON.stringify({ name: "ask", version: "1.0.0", stages }),
    );
    const before = new Set(runs());
    const launch = { type: "flowmason", request: "launch", name: "ask", pipeline: uri.fsPath };
    assert.ok(await vscode.debug.startDebugging(workspaceFolder(), launch));
    tracker.dispose();
    assert.ok(session);
    return {
      session,
      call: (index) => eventually(() => calls[index], changed.event),
      untilTold: (text) => eventually(() => (output.includes(text) ? true : undefined), changed.event),
      output: () => output,
      ended: () => eventually(() => (hasEnded ? true : undefined), changed.event),
      journal: () => {
        const run = runs().find((name) => !before.has(name));
        assert.ok(run, "the run has left a record");
        const text = readFileSync(path.join(runsFolder(), run, "journal.ndjson"), "utf8");
        return readJournal(text).events;
      },
    };
  }
});

function ask(id: string, config: object): object {
  return {
    id,
    component_type: "generator",
    config: { prompt: "How are you?", provider: "vscode", ...config },
  };
}

function data(mime: string, text: string): vscode.LanguageModelDataPart {
  return new vscode.LanguageModelDataPart(new TextEncoder().encode(text), mime);
}

function runsFolder(): string {
  return path.join(workspaceFolder().uri.fsPath, ".flowmason", "runs");
}

function runs(): readonly string[] {
  try {
    return readdirSync(runsFolder());
  } catch {
    // The first run makes it.
    return [];
  }
}
