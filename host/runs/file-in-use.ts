import { closeSync, openSync } from "node:fs";

/** Milliseconds without a read after which a file is closed. */
const IDLE = 1000;

/**
 * A file that is read now and then, many times in a row: it stays open for a moment after each use, since opening it takes
 * as long as a small read. It keeps no process alive. `read` gets the descriptor, for that call alone; what it or opening
 * throws is thrown.
 */
export function fileInUse(path: string): <T>(read: (file: number) => T) => T {
  let file: number | null = null;
  let idle: NodeJS.Timeout | null = null;
  const close = (): void => {
    idle = null;
    if (file !== null) closeSync(file);
    file = null;
  };
  return (read) => {
    file ??= openSync(path, "r");
    if (idle === null) idle = setTimeout(close, IDLE).unref();
    else idle.refresh();
    return read(file);
  };
}
