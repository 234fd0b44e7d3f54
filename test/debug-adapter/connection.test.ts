import { PassThrough, Writable } from "node:stream";
import { expect, test } from "vitest";
import { AdapterConnection, type RequestTable } from "../../debug-adapter/connection.ts";

const answers: RequestTable = { requests: new Map(), after: new Map(), closed: () => {} };

/** A connection that answers as `makeTable` says, and what it has written, a text for each write. */
function connected(makeTable: ConstructorParameters<typeof AdapterConnection>[0]) {
  const writes: string[] = [];
  const input = new PassThrough();
  const output = new Writable({
    decodeStrings: false,
    write: (chunk, _encoding, done) => {
      writes.push(String(chunk));
      done();
    },
    writev: (chunks, done) => {
      writes.push(chunks.map(({ chunk }) => String(chunk)).join(""));
      done();
    },
  });
  const connection = new AdapterConnection(makeTable, { warn: () => {}, redactBy: () => {} });
  connection.listen(input, output);
  const ask = (command: string): void => {
    const text = JSON.stringify({ seq: 1, type: "request", command });
    input.write(`Content-Length: ${text.length}\r\n\r\n${text}`);
  };
  return { connection, ask, writes };
}

test("what is said in one turn goes out in one write, in its order", async () => {
  const { ask, writes } = connected((client) => ({
    ...answers,
    requests: new Map([["threads", () => void setImmediate(() => client.event("stopped"))]]),
  }));
  ask("threads");
  await expect.poll(() => writes.length).toBe(1);
  expect(writes[0]?.match(/"(command|event)":"\w+"/g)).toEqual(['"command":"threads"', '"event":"stopped"']);
  ask("threads");
  await expect.poll(() => writes.length).toBe(2);
});

test("what is held back is written when it is flushed, and once", async () => {
  const atEnd = Promise.withResolvers<number>();
  const { ask, writes, connection } = connected(() => ({
    ...answers,
    requests: new Map([["disconnect", () => {}]]),
    after: new Map([
      [
        "disconnect",
        () => {
          connection.flush();
          atEnd.resolve(writes.length);
        },
      ],
    ]),
  }));
  ask("disconnect");
  expect(await atEnd.promise).toBe(1);
  await new Promise((resolve) => setImmediate(resolve));
  expect(writes).toHaveLength(1);
});

test("what is held back is written before the stream is ended", async () => {
  const output = new PassThrough();
  const input = new PassThrough();
  const connection: AdapterConnection = new AdapterConnection(
    () => ({
      ...answers,
      requests: new Map([["disconnect", () => {}]]),
      after: new Map([["disconnect", () => connection.hangUp()]]),
    }),
    { warn: () => {}, redactBy: () => {} },
  );
  connection.listen(input, output);
  const text = JSON.stringify({ seq: 1, type: "request", command: "disconnect" });
  input.write(`Content-Length: ${text.length}\r\n\r\n${text}`);
  const written: string[] = [];
  for await (const bytes of output) written.push(String(bytes));
  expect(written.join("")).toContain('"command":"disconnect"');
});
