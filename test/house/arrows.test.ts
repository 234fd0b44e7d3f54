import { spawnSync } from "node:child_process";
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import * as z from "zod";

const repository = path.resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(path.join(os.tmpdir(), "fm-arrows-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Source file, what it imports, and whether the linter lets it. */
const imports: readonly (readonly [file: string, specifier: string, verdict: "allowed" | "refused"])[] = [
  ["core/engine/one.ts", "#core/journal", "allowed"],
  ["core/engine/two.ts", "#core/providers", "refused"],
  ["core/engine/plan/three.ts", "../four.ts", "allowed"],
  ["core/engine/plan/five.ts", "../../pipeline/model.ts", "refused"],
  ["core/ports/six.ts", "#core/pipeline", "refused"],
  ["extension/seven.ts", "#core/pipeline", "allowed"],
  // extension references core/pipeline, which references core/expressions: the compiler lets this through.
  ["extension/eight.ts", "#core/expressions", "refused"],
  ["core/pipeline/nine.ts", "node:fs", "refused"],
  ["host/ten.ts", "node:fs", "allowed"],
  ["host/eleven.ts", "#core/engine", "refused"],
  ["extension/twelve.ts", "vscode", "allowed"],
  ["extension/thirteen.ts", "#core/engine", "refused"],
  ["extension/fourteen.ts", "#debug-adapter", "refused"],
  ["debug-adapter/fifteen.ts", "vscode", "refused"],
  ["debug-adapter/sixteen.ts", "#core/engine", "allowed"],
  ["webview/canvas/Seventeen.tsx", "@xyflow/react", "allowed"],
  ["webview/eighteen.ts", "#core/engine", "refused"],
  ["webview/nineteen.ts", "../test/support/corpus.ts", "refused"],
  ["language-server/twenty.ts", "#core/engine", "refused"],
  ["cli/twenty-one.ts", "#language-server", "allowed"],
  ["cli/twenty-two.ts", "#extension", "refused"],
  ["protocol/twenty-three.ts", "react", "refused"],
];

const report = z.object({ diagnostics: z.array(z.object({ code: z.string(), filename: z.string() })) });

test("the linter refuses every import that the table of arrows does not have, and no other", () => {
  cpSync(path.join(repository, "oxlint.config.ts"), path.join(folder, "oxlint.config.ts"));
  symlinkSync(path.join(repository, "node_modules"), path.join(folder, "node_modules"), "junction");
  for (const [file, specifier] of imports) {
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(folder, file), `import { name } from "${specifier}";\nconsole.log(name);\n`);
  }
  const oxlint = path.join(repository, "node_modules/oxlint/bin/oxlint");
  const rooms = [
    "core",
    "host",
    "protocol",
    "extension",
    "webview",
    "debug-adapter",
    "language-server",
    "cli",
  ];
  const { stdout } = spawnSync(process.execPath, [oxlint, "--format=json", ...rooms], {
    cwd: folder,
    encoding: "utf8",
  });
  const refused = new Set(
    report
      .parse(JSON.parse(stdout))
      .diagnostics.filter(({ code }) => code.includes("no-restricted-imports"))
      .map(({ filename }) => filename),
  );
  const found = imports.map(([file, specifier]) => [
    file,
    specifier,
    refused.has(file) ? "refused" : "allowed",
  ]);
  expect(found).toEqual(imports);
});

const table = z.object({
  overrides: z.array(
    z.object({
      files: z.tuple([z.string()]),
      rules: z.object({
        "no-restricted-imports": z.tuple([
          z.literal("error"),
          z.object({ patterns: z.array(z.object({ group: z.array(z.string()) })) }),
        ]),
      }),
    }),
  ),
});

test("every arrow of the table has an import that needs it", async () => {
  const config: unknown = await import(pathToFileURL(path.join(repository, "oxlint.config.ts")).href);
  const { overrides } = z.object({ default: table }).parse(config).default;
  const idle = overrides.flatMap(({ files: [room], rules }) => {
    const sources = globSync(`${room}/*.{ts,tsx}`, { cwd: repository })
      .map((file) => readFileSync(path.join(repository, file), "utf8"))
      .join("\n");
    const arrows = rules["no-restricted-imports"][1].patterns
      .flatMap(({ group }) => group)
      .filter((pattern) => pattern.startsWith("!"))
      .map((pattern) => pattern.slice(1).replace("*", ""));
    return arrows.filter((arrow) => !sources.includes(`"${arrow}`)).map((arrow) => `${room} → ${arrow}`);
  });
  expect(overrides.length).toBeGreaterThan(10);
  expect(idle).toEqual([]);
});
