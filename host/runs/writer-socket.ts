import { randomBytes } from "node:crypto";
import { connect, createServer, type Server } from "node:net";
import { join } from "node:path";
import { hasCode } from "../has-code.ts";

/**
 * A socket that lives exactly as long as the process that holds it, or until it is closed: the system ends it with the
 * process, however that dies. Unlike a process's number it is never another's.
 */
export interface HeldSocket {
  /** What others need to find it, with the folder. */
  readonly name: string;
  close(): void;
}

/** What {@link HeldSocket.name} looks like; a claim that names anything else is none of ours. */
export const socketName = /^(?:w|flowmason)-[0-9a-f]{16}\.sock$/;

/** Opens one in the folder, or beside it in the system's place where that cannot be: paths of sockets are short. */
export async function holdSocket(folder: string): Promise<HeldSocket> {
  const id = randomBytes(8).toString("hex");
  const near = `w-${id}.sock`;
  const far = `flowmason-${id}.sock`;
  if (process.platform === "win32" || Buffer.byteLength(join(folder, near)) > LONGEST_PATH)
    return await hold(folder, far);
  try {
    return await hold(folder, near);
  } catch (error) {
    // Some file systems, as of shared folders, know no sockets.
    if (hasCode(error, "EACCES", "ENOSPC", "EROFS")) throw error;
    return await hold(folder, far);
  }
}

/** Whether a process holds it still. What cannot be told counts as held: a writer must never lose its run. */
export function isHeld(folder: string, name: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(pathOf(folder, name));
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", (error) => {
      resolve(!hasCode(error, "ECONNREFUSED", "ENOENT", "ENOTSOCK"));
    });
  });
}

/** The file of a socket, for who removes those of the dead; null where the system keeps none. */
export function socketFile(folder: string, name: string): string | null {
  return process.platform === "win32" ? null : pathOf(folder, name);
}

/** Bytes that a socket's path may have on all systems, with the zero at its end and some room. */
const LONGEST_PATH = 100;

/** Not the folder for temporary files, which two processes may know by two names. */
function pathOf(folder: string, name: string): string {
  if (process.platform === "win32") return `\\\\.\\pipe\\${name}`;
  return name.startsWith("w-") ? join(folder, name) : join("/tmp", name);
}

async function hold(folder: string, name: string): Promise<HeldSocket> {
  const server = createServer((socket) => socket.destroy());
  await listen(server, pathOf(folder, name));
  // What goes wrong with one that only asks is nothing to the writer.
  server.on("error", () => {});
  server.unref();
  return { name, close: () => server.close() };
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(path, () => {
      server.removeListener("error", reject);
      resolve();
    });
  });
}
