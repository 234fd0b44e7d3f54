// The least that a debug adapter can be: it reads frames, and answers each request with a text that it was given
// beforehand, of the size that the adapter's own answers have. It knows no run, and keeps nothing.
import { readFileSync } from "node:fs";

const { answers, stopped } = JSON.parse(readFileSync(process.argv[2], "utf8"));
let rest = Buffer.alloc(0);
let seq = 0;

const send = (message) => {
  seq += 1;
  const text = JSON.stringify({ seq, ...message });
  process.stdout.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
};

process.stdin.on("data", (bytes) => {
  rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
  for (;;) {
    const end = rest.indexOf("\r\n\r\n");
    if (end < 0) return;
    const length = Number(/Content-Length: (\d+)/i.exec(rest.toString("latin1", 0, end))[1]);
    if (rest.length < end + 4 + length) return;
    const { seq: request_seq, command } = JSON.parse(rest.toString("utf8", end + 4, end + 4 + length));
    rest = rest.subarray(end + 4 + length);
    send({ type: "response", request_seq, command, success: true, body: answers[command] ?? {} });
    if (command === "next" || command === "stepBack")
      send({ type: "event", event: "stopped", body: stopped });
  }
});
