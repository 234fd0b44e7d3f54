/** How one test ended. Its title is what people read, with a row id in front where it shows one. */
export interface TestOutcome {
  readonly title: string;
  readonly status: "passed" | "failed" | "skipped";
  readonly durationMs: number;
  /** Why it failed. */
  readonly message?: string;
}

/** What a stage of `npm test` found. */
export interface StageReport {
  readonly tests: readonly TestOutcome[];
  /** The whole output, for what the outcomes do not say. */
  readonly logFile?: string;
}

/** One part of `npm test`, selectable with `--only`. */
export interface Stage {
  readonly name: string;
  /** What it needs: bundles in `dist/`, the .vsix, a browser, a VS Code to drive, the benchmark's peers. */
  readonly needs: readonly Need[];
  run(): Promise<StageReport>;
}

/** Made once, before the first stage that needs it. */
export type Need = "bundles" | "package" | "browser" | "vscode" | "peers";
