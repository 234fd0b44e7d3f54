/** The option of commands that run something. Not --env-file: Node takes that for its own, wherever it stands. */
export const dotenvOption = {
  dotenv: { type: "string", value: "FILE", help: "Look for secrets and keys in this file too" },
} as const;
