/**
 * Pieces of rows that a row has in common with those before it, so that they need not be made again for each: most of
 * what a run writes is one of two rows, and putting texts together is most of what writing them costs.
 */
export interface RowPieces {
  /** From behind the number to before the address: `,12,"started",`. `ms` is the time, as the row has it. */
  started(ms: number): string;
  succeeded(ms: number): string;
  /** From behind the address: `,0,"4d2hV6ab"]` and the end of the line. */
  startedEnd(componentNumber: number, inputs: string): string;
}

export function createRowPieces(): RowPieces {
  let lastMs = Number.NaN;
  let started = "";
  let succeeded = "";
  const useTime = (ms: number): void => {
    if (ms === lastMs) return;
    lastMs = ms;
    started = `,${ms},"started",`;
    succeeded = `,${ms},"succeeded",`;
  };
  let lastNumber = -1;
  let lastInputs = "";
  let end = "";
  return {
    started: (ms) => {
      useTime(ms);
      return started;
    },
    succeeded: (ms) => {
      useTime(ms);
      return succeeded;
    },
    startedEnd: (componentNumber, inputs) => {
      if (componentNumber !== lastNumber || inputs !== lastInputs) {
        lastNumber = componentNumber;
        lastInputs = inputs;
        end = `,${componentNumber},"${inputs}"]\n`;
      }
      return end;
    },
  };
}
