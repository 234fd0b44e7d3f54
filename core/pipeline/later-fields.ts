/**
 * Fields of a stage that a later version carries out, and what they ask for. A run that ignored one would do something
 * else than the file says, so there is none.
 */
export const laterStageFields: ReadonlyMap<string, string> = new Map([
  ["artifacts", "artifacts"],
  ["container", "running in a container"],
  ["resources", "resource limits"],
  ["runs_on", "running on other machines"],
  ["services", "service containers"],
]);
