/** How `fm` ends (design, "Errors"). */
export const exitCode = {
  done: 0,
  /** The answer is no: a run failed, a file has errors. */
  no: 1,
  /** The input cannot be used: an invalid pipeline, an unreadable file. */
  unusable: 2,
  usage: 3,
  /** A fault of FlowMason's own. */
  defect: 70,
  cancelled: 130,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
