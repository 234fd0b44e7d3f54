import * as z from "zod";
import { defineComponent } from "../define.ts";

/** A program of this machine (docs/commands-and-questions.md). */
export const command = defineComponent({
  type: "command",
  kind: "operator",
  category: "integration",
  title: "Command",
  description:
    "Runs a program: a list of its name and its arguments, or a line for a shell. Another exit code than 0 fails the stage.",
  icon: "terminal",
  color: "green",
  input: z.object({
    command: z
      .union([z.string().min(1), z.array(z.string()).min(1)])
      .describe(
        'What to run. A list, `["git", "log", "-1"]`, goes to the program as it is, whatever the values hold; a text is a line for the shell.',
      ),
    shell: z
      .enum(["sh", "bash", "dash", "zsh", "ksh"])
      .optional()
      .describe("The shell that reads a line; without it sh. It stops at the first command that fails."),
    cwd: z.string().default("").describe("The folder to run in, relative to the workspace's root."),
    env: z
      .record(z.string(), z.string())
      .default({})
      .describe("Environment variables over those of the pipeline and of the process that runs it."),
    stdin: z.string().optional().describe("What the program reads on standard input."),
    parse: z
      .enum(["text", "json", "lines"])
      .default("text")
      .describe("What `value` is: the output as it is, as JSON, or as a list of its lines."),
    success_codes: z.array(z.int().min(0).max(255)).default([0]).describe("Exit codes that mean success."),
    max_output_bytes: z
      .int()
      .min(1)
      .max(16 * 1024 * 1024)
      .default(4 * 1024 * 1024)
      .describe("Bytes of output, both streams together, after which the program is ended."),
  }),
  output: z.object({
    stdout: z.string().describe("What it wrote on standard output."),
    stderr: z.string().describe("What it wrote on standard error."),
    exit_code: z.int().describe("Its exit code."),
    signal: z.string().nullable().describe("Null: one that a signal ended has failed."),
    value: z.unknown().describe("The output as `parse` says; as text without the last line end."),
    duration_ms: z.number().describe("How long it ran, in milliseconds."),
  }),
  inputAliases: { run: "command", argv: "command" },
  outputAliases: { result: ["value"] },
  // The pipeline's own `env` is for its commands too.
  reads: ["env"],
  idempotent: false,
});
