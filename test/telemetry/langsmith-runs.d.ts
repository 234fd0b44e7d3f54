/** In the order in which the API gives them, the last first. */
export declare const langsmithRuns: readonly object[];
