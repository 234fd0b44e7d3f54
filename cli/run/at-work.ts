import { addressKey, type StageAddress } from "#core/ports";
import { type Channel, printable } from "../terminal.ts";

/** Milliseconds between two looks of the line, at least: stages that take less are never on it. */
const LOOK_MS = 80;

/** Shows on a screen, in a line below all others, which stages are at work. */
export interface AtWork {
  begins(address: StageAddress): void;
  ends(address: StageAddress): void;
  /** While something is asked the line stays away: the cursor is where the answer is typed. */
  asks(change: "asked" | "closed"): void;
  /** Takes the line away for good. */
  end(): void;
}

/** Shows it on `err` where that is a screen; elsewhere nothing is shown. */
export function showAtWork(err: Channel): AtWork {
  const working = new Set<string>();
  let questions = 0;
  let timer: NodeJS.Timeout | null = null;
  const draw = (): void => {
    timer = null;
    const names = [...working].map(printable);
    err.status(names.length === 0 || questions > 0 ? "" : `▶ ${names.join(", ")}`);
  };
  const soon = (): void => {
    if (err.isScreen) timer ??= setTimeout(draw, LOOK_MS).unref();
  };
  return {
    begins: (address) => {
      working.add(addressKey(address));
      soon();
    },
    ends: (address) => {
      working.delete(addressKey(address));
      soon();
    },
    asks: (change) => {
      questions += change === "asked" ? 1 : -1;
      if (questions > 0) err.status("");
      else soon();
    },
    end: () => {
      if (timer !== null) clearTimeout(timer);
      working.clear();
      err.status("");
    },
  };
}
