import { readFileSync } from "node:fs";
import { copyFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type FmResult, startFm, temporaryFolder } from "../support/fm.ts";
import { startHeldServer, startServer } from "../support/loopback-server.ts";
import { connectTo, hangUp, pipelinePath } from "./support/adapter-process.ts";
import { transcribe } from "./support/transcript.ts";

const golden = (name: string): string => `golden/${name}.txt`;

test("DB-17 a run of a terminal is attached to, stopped, looked at in both directions and left to go on, and its record is whole", async () => {
  const { folder, port, ended } = await runToAttach("branches", ["--debug-wait"]);
  const client = await connectTo(port);
  const session = transcribe(client);
  await session.launch("branches", { folder, attach: true, lines1: [8] });
  await session.look();
  await session.step("stepBack");
  await session.where();
  await session.step("next");
  await client.disconnectRequest();
  await expect(session.text()).toMatchFileSnapshot(golden("attach"));
  const { code, stdout } = await ended;
  expect({ code, passed: JSON.parse(stdout).logged }).toEqual({ code: 0, passed: true });
  const record = readFileSync(join(folder, "run.ndjson"), "utf8").trimEnd().split("\n");
  expect(JSON.parse(record.at(-1) ?? "")).toMatchObject({ kind: "run-finished", status: "succeeded" });
});

test("DB-17 a debugger joins a run in the middle, sees what was before, and sees it end", async () => {
  const { url, asked, answer } = await startHeldServer();
  const { folder, port, ended } = await runToAttach("slow", [], { url });
  await asked.promise;
  const session = transcribe(await connectTo(port));
  const stopped = session.launch("slow", { folder, attach: true, lines1: [17] });
  // The breakpoint is set by the time the client is told that its stage is found.
  await session.noted("breakpoint: line 17 verified");
  answer.resolve();
  await stopped;
  await session.where();
  await session.evaluate("upstream.fetch.status_code");
  await session.step("reverseContinue");
  await session.where();
  await session.step("continue");
  await session.step("continue");
  await expect(session.text()).toMatchFileSnapshot(golden("attach-in-the-middle"));
  expect((await ended).code).toBe(0);
});

test("DB-17 a debugger that disconnects may end the run, which is recorded as cancelled", async () => {
  const { folder, port, ended } = await runToAttach("branches", ["--debug-wait"]);
  const client = await connectTo(port);
  await transcribe(client).launch("branches", { folder, attach: true, lines1: [8] });
  await client.disconnectRequest({ terminateDebuggee: true });
  expect((await ended).code).toBe(130);
  expect(readFileSync(join(folder, "run.ndjson"), "utf8")).toContain('"status":"cancelled"');
});

test("DB-17 one debugger at a time, no launch, and nothing that does not speak the protocol", async () => {
  const { folder, port, ended } = await runToAttach("branches", ["--debug-wait"]);
  const first = await connectTo(port);
  await transcribe(first).launch("branches", { folder, attach: true, lines1: [8] });
  const second = await connectTo(port);
  await second.initializeRequest();
  await expect(second.launchRequest({ pipeline: join(folder, "x.json") } as never)).rejects.toThrow(
    /Attach to it/,
  );
  const refused = second.attachRequest({});
  await second.configurationDoneRequest();
  await expect(refused).rejects.toThrow(/Another debugger is attached/);
  const page = connect(port, "127.0.0.1", () => page.write("GET / HTTP/1.1\r\n\r\n"));
  await new Promise((resolve) => page.once("close", resolve));
  // Gone without a word: the run goes on.
  hangUp(first);
  const { code, stderr } = await ended;
  expect(code).toBe(0);
  expect(stderr).toContain('did not begin with "Content-Length:"');
});

test.each([
  [["--debug-port", "99999"], /takes a number from 0 to 65535/, 3],
  [["--debug-wait"], /give that too/, 3],
])("%j is refused before anything runs", async (options, message, code) => {
  const { ended } = startFm(["run", pipelinePath("branches"), "--sample", "--no-record", ...options]);
  const result = await ended;
  expect(result.stderr).toMatch(message);
  expect(result.code).toBe(code);
});

test("a port that is taken is said, and nothing runs", async () => {
  const url = await startServer(() => {});
  const { port } = new URL(url);
  const result = await startFm([
    "run",
    pipelinePath("branches"),
    "--sample",
    "--no-record",
    "--debug-port",
    port,
  ]).ended;
  expect(result.stderr).toContain(`Port ${port} cannot be listened on`);
  expect(result.code).toBe(2);
});

/** A run in a folder of its own, at work or waiting for its debugger, with the record `run.ndjson`. */
async function runToAttach(
  name: string,
  options: readonly string[],
  input?: object,
): Promise<{ readonly folder: string; readonly port: number; readonly ended: Promise<FmResult> }> {
  const folder = await temporaryFolder();
  const file = `${name}.pipeline.json`;
  await copyFile(pipelinePath(name), join(folder, file));
  const given = input === undefined ? ["--sample"] : ["--input", JSON.stringify(input)];
  const started = startFm(
    ["run", file, ...given, "--debug-port", "0", "--journal", "run.ndjson", ...options],
    { cwd: folder },
  );
  const port = await new Promise<number>((resolve, reject) => {
    let said = "";
    started.process.stderr.on("data", (text: string) => {
      said += text;
      const found = /Debuggers attach at 127\.0\.0\.1:(\d+)/.exec(said)?.[1];
      if (found !== undefined) resolve(Number(found));
    });
    started.ended.then(({ stderr }) => reject(new Error(`fm ended without a port: ${stderr}`)), reject);
  });
  return { folder, port, ended: started.ended };
}
