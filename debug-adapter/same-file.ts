import { realpathSync } from "node:fs";

/** Whether two absolute paths name one file: what a run was launched by and what a client asks for may go through other links. */
export type IsSameFile = (one: string, other: string) => boolean;

/** Looks up once where each path leads; one that leads nowhere is itself. */
export function createSameFile(): IsSameFile {
  const known = new Map<string, string>();
  const real = (path: string): string => {
    const found = known.get(path) ?? realPath(path);
    known.set(path, found);
    return found;
  };
  return (one, other) => one === other || real(one) === real(other);
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
