import { defineConfig, type OxlintOverride } from "oxlint";

/**
 * Which room may import which, by their `#` names. Project references in the tsconfig files refuse unrelated rooms;
 * the compiler lets through what a referenced room itself references, and this table refuses that.
 */
const arrows: Readonly<Record<string, readonly string[]>> = {
  "core/ports": [],
  "core/secrets": ["#core/ports"],
  "core/expressions": [],
  "core/pipeline": ["#core/expressions"],
  "core/components": [
    "#core/ports",
    "#core/secrets",
    "#core/pipeline",
    "#core/expressions",
    "#core/component-definitions",
  ],
  "core/layout": [],
  "core/drawing": ["#core/pipeline", "#core/layout"],
  "core/checks": ["#core/pipeline", "#core/expressions", "#core/components", "#core/component-definitions"],
  "core/merge": ["#core/pipeline", "#core/expressions", "#core/checks"],
  "core/journal": ["#core/ports"],
  "core/telemetry": ["#core/ports", "#core/journal"],
  "core/engine": [
    "#core/ports",
    "#core/secrets",
    "#core/pipeline",
    "#core/expressions",
    "#core/components",
    "#core/component-definitions",
    "#core/journal",
  ],
  "core/providers": ["#core/ports"],
  host: [
    "#core/ports",
    "#core/secrets",
    "#core/pipeline",
    "#core/journal",
    "#core/telemetry",
    "#core/providers",
    "#core/component-definitions",
  ],
  protocol: ["#core/pipeline", "#core/journal"],
  extension: ["#protocol", "#core/pipeline", "#core/drawing"],
  webview: [
    "#protocol",
    "#core/pipeline",
    "#core/expressions",
    "#core/layout",
    "#core/component-definitions",
  ],
  "debug-adapter": ["#core/*", "#host", "#protocol"],
  "language-server": [
    "#core/pipeline",
    "#core/expressions",
    "#core/component-definitions",
    "#core/checks",
    "#core/merge",
    "#core/journal",
    "#protocol",
    "#host",
  ],
  cli: ["#core/*", "#host", "#debug-adapter", "#language-server"],
};

/** Packages that belong to one place: the room names that may import them, and why no other may. */
const packages: readonly {
  readonly group: string[];
  readonly rooms: readonly string[];
  readonly message: string;
}[] = [
  { group: ["vscode"], rooms: ["extension"], message: "Only the extension talks to VS Code." },
  {
    group: ["react", "react-dom", "react/**", "react-dom/**", "@xyflow/**", "@codemirror/**"],
    rooms: ["webview"],
    message: "Only the webview draws.",
  },
  {
    group: ["node:*", "node:*/**"],
    rooms: ["host", "extension", "debug-adapter", "language-server", "cli"],
    message: "This room runs everywhere; what it needs from outside comes through a port.",
  },
];

export default defineConfig({
  plugins: ["typescript", "import", "react"],
  categories: { correctness: "error", suspicious: "error" },
  rules: {
    "typescript/no-explicit-any": "error",
    "typescript/no-floating-promises": "error",
    "typescript/switch-exhaustiveness-check": "error",
    "no-eval": "error",
    "no-new-func": "error",
    "import/no-unassigned-import": ["error", { allow: ["**/*.css"] }],
    // Exhaustive switches end a function without a return after them; the compiler checks those (noImplicitReturns).
    "typescript/consistent-return": "off",
    // An unavoidable `as` has a comment that says why, which no rule can judge.
    "typescript/no-unsafe-type-assertion": "off",
    // `fc.string()` and `vscode.Uri` read better than bare names, and where they come from is seen.
    "import/no-named-as-default-member": "off",
    // The caller names the type, which is the point of such a function.
    "typescript/no-unnecessary-type-parameters": "off",
    // Both flag closures: a variable that a callback sets, and a function taken out of a plain object.
    "no-unmodified-loop-condition": "off",
    "typescript/unbound-method": "off",
    // JSX is compiled to calls that bring their own import.
    "react/react-in-jsx-scope": "off",
  },
  overrides: Object.keys(arrows).map(roomOverride),
  ignorePatterns: ["**/*.terms.ts", "dist", ".tsbuild", ".cache", "node_modules", "tools/**/node_modules"],
});

function roomOverride(room: string): OxlintOverride {
  const allowed = arrows[room] ?? [];
  const patterns = [
    {
      group: ["#*", "#*/**", ...allowed.map((name) => `!${name}`)],
      message: `${room} may import ${allowed.length === 0 ? "no other room" : allowed.join(", ")}; see ARCHITECTURE.md.`,
    },
    {
      group: Object.keys(arrows).map((other) => `../**/${other.split("/").at(-1)}/**`),
      message: "Another room is imported by its # name only, which its index.ts opens.",
    },
    { group: ["../**/test/**"], message: "Nothing imports a test." },
    ...packages
      .filter(({ rooms }) => !rooms.includes(room))
      .map(({ group, message }) => ({ group, message })),
  ];
  return { files: [`${room}/**`], rules: { "no-restricted-imports": ["error", { patterns }] } };
}
