// Loaded into a process of `fm` with --import: kills it when the journal is about to hold more than so many lines, or in
// the middle of the line that comes then. What was written before is in the file, as after any kill.
import { writeSync } from "node:fs";
import { open } from "node:fs/promises";

const lastLine = Number(process.env["KILL_AT_LINE"]);
const tornBytes = Number(process.env["KILL_TORN_BYTES"] ?? "0");

const some = await open(process.execPath, "r");
const prototype = Object.getPrototypeOf(some);
await some.close();

const { appendFile } = prototype;
let written = 0;
prototype.appendFile = function killing(bytes, ...more) {
  // Much at once comes as bytes.
  const data = Buffer.isBuffer(bytes) ? bytes.toString() : bytes;
  if (typeof data !== "string" || !/^(\{"(kind|seq)":|\["|\[\d)/.test(data))
    return appendFile.call(this, data, ...more);
  const lines = data.split("\n").slice(0, -1);
  if (written + lines.length <= lastLine) {
    written += lines.length;
    return appendFile.call(this, data, ...more);
  }
  const whole = lines.slice(0, lastLine - written).map((line) => `${line}\n`);
  const torn = lines[whole.length]?.slice(0, tornBytes) ?? "";
  writeSync(this.fd, whole.join("") + torn);
  process.kill(process.pid, "SIGKILL");
  // The signal comes at once, and nothing may happen before it does.
  return new Promise(() => {});
};
