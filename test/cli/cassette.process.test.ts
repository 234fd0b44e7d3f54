import { existsSync, readFileSync, watch } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readJournal } from "#core/journal";
import { readCassette } from "#core/providers";
import { fm, startFm } from "../support/fm.ts";
import { deadAddress } from "../support/loopback-server.ts";
import { type Behaviour, startModelServer } from "../support/model-server.ts";

const hello: Behaviour = { kind: "text", pieces: ["Good ", "day. "] };
const key = { MY_KEY: "sesame-open", TOKEN: "t0ken-value" };

test("TE-06 what fm run --record wrote, --replay answers from, with no key and no network", async () => {
  const { cwd, calls, write } = await project([hello]);
  const recorded = await fm(["run", "p.json", "--record", "calls.json", "--json"], { cwd, env: key });
  expect(recorded.code).toBe(0);
  expect(calls).toHaveLength(2);
  const text = readFileSync(join(cwd, "calls.json"), "utf8");
  expect(text).not.toMatch(/sesame-open|t0ken-value/);
  // The secret is in the prompt that was sent, and only there.
  expect(JSON.stringify(calls)).toContain("t0ken-value");

  // Nothing listens where the model was, and its key is gone. Every connection would be told of on stderr.
  await write({ base_url: await deadAddress() });
  const spy = await networkSpy(cwd);
  const env = { TOKEN: "z9-value", NODE_OPTIONS: `--import=${spy}` };
  const replayed = await fm(
    ["run", "p.json", "--replay", "calls.json", "--json", "--no-record", "--journal", "j.ndjson"],
    { cwd, env },
  );
  expect(replayed.stderr).not.toContain("NETWORK");
  expect(replayed.code).toBe(0);
  expect(JSON.parse(replayed.stdout).output).toEqual(JSON.parse(recorded.stdout).output);
  expect(calls).toHaveLength(2);
  const { events } = readJournal(readFileSync(join(cwd, "j.ndjson"), "utf8"));
  expect(events.flatMap((event) => (event.kind === "stage-delta" ? [event.text] : []))).toEqual([
    "Good ",
    "day. ",
    "Good ",
    "day. ",
  ]);
  // The spy does see a connection when there is one.
  const asked = await fm(["run", "p.json", "--no-record"], { cwd, env: { ...env, ...key } });
  expect(asked.stderr).toContain("NETWORK");
});

test("a request that is not recorded fails, and shows what the nearest has otherwise", async () => {
  const { cwd, calls, write } = await project([hello]);
  await fm(["run", "p.json", "--record", "calls.json"], { cwd, env: key });
  await write({}, "Greet the whole moon with {{ secrets.TOKEN }}.");
  const { code, stderr } = await fm(["run", "p.json", "--replay", "calls.json"], { cwd, env: key });
  expect(code).toBe(1);
  expect(stderr).toContain('messages[0].content: now without "world", with "moon"');
  expect(stderr).toContain("VALIDATION");
  expect(calls).toHaveLength(2);
});

test("only a cassette is replaced, and what is none is not replayed", async () => {
  const { cwd, calls } = await project([hello]);
  const before = readFileSync(join(cwd, "p.json"), "utf8");
  for (const option of ["--record", "--replay"]) {
    const { code, stderr } = await fm(["run", "p.json", option, "p.json"], { cwd, env: key });
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /p\.json (is not replaced|cannot be replayed): it is no cassette\.( Name another file\.)?\n$/,
    );
  }
  expect(readFileSync(join(cwd, "p.json"), "utf8")).toBe(before);
  expect(await fm(["run", "p.json", "--replay", "none.json"], { cwd, env: key })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("There is no cassette none.json. Record it first"),
  });
  const both = await fm(["run", "p.json", "--replay", "a", "--record", "b"], { cwd, env: key });
  expect(both.code).toBe(3);
  expect(existsSync(join(cwd, ".flowmason"))).toBe(false);
  expect(calls).toHaveLength(0);
  // One that was recorded before makes room for a new one.
  for (let time = 0; time < 2; time++)
    expect((await fm(["run", "p.json", "--record", "calls.json"], { cwd, env: key })).code).toBe(0);
});

test("a process that is killed while it records leaves the calls that had ended", async () => {
  const hang: Behaviour = { kind: "hang", pieces: ["never"], gone: () => {} };
  const { cwd } = await project([hello, hang]);
  const recorded = untilRecorded(cwd, "calls.json");
  const { process: child, ended } = startFm(["run", "p.json", "--record", "calls.json"], { cwd, env: key });
  await recorded;
  child.kill("SIGKILL");
  await ended;
  const read = readCassette(readFileSync(join(cwd, "calls.json"), "utf8"));
  expect(read.ok && read.recordings.map(({ answers }) => answers[0]?.chunks)).toEqual([["Good ", "day. "]]);
});

/** Resolves when the file has a recording; whenever it is looked at it is whole. */
async function untilRecorded(cwd: string, name: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const watcher = watch(cwd, () => {
      if (!existsSync(join(cwd, name))) return;
      const read = readCassette(readFileSync(join(cwd, name), "utf8"));
      if (!read.ok) reject(new Error(`Half a file: ${read.reason}`));
      else if (read.recordings.length > 0) resolve();
    });
    onTestFinished(() => watcher.close());
  });
}

/** A module that tells of every connection that the process makes. */
async function networkSpy(cwd: string): Promise<string> {
  const path = join(cwd, "spy.mjs");
  await writeFile(
    path,
    `import net from "node:net";
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...args) {
  process.stderr.write("NETWORK " + JSON.stringify(args[0]) + "\\n");
  return connect.apply(this, args);
};
`,
  );
  return path;
}

async function project(behaviours: readonly [Behaviour, ...Behaviour[]]) {
  const server = await startModelServer("openai", behaviours);
  const cwd = await mkdtemp(join(tmpdir(), "fm-cassette-"));
  onTestFinished(() => rm(cwd, { recursive: true, force: true }));
  const write = async (
    provider: object,
    prompt = "Greet the whole world with {{ secrets.TOKEN }}.",
  ): Promise<void> => {
    const ask = (id: string, text: string): object => ({
      ...{ id, component_type: "generator", config: { prompt: text, provider: "local", model: "m" } },
    });
    const stages = [ask("a", prompt), ask("b", "Shout {{ a.content }}")];
    await writeFile(
      join(cwd, "p.json"),
      JSON.stringify({ name: "t", version: "1.0.0", secrets: ["TOKEN"], stages }),
    );
    const local = { base_url: server.address, api_key_env: "MY_KEY", ...provider };
    await writeFile(join(cwd, "flowmason.json"), JSON.stringify({ name: "t", providers: { local } }));
  };
  await write({});
  return { cwd, calls: server.calls, write };
}
