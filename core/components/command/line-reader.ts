/** Takes text in pieces and gives it in lines. */
export interface LineReader {
  take(text: string): void;
  /** Gives what is left as the last line. */
  end(): void;
}

/** `onLine` gets each line without its end; empty ones are left out. */
export function lineReader(onLine: (line: string) => void): LineReader {
  let rest = "";
  const give = (line: string): void => {
    const text = line.replace(/\r$/, "");
    if (text !== "") onLine(text);
  };
  return {
    take(text) {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) give(line);
    },
    end() {
      give(rest);
      rest = "";
    },
  };
}
