// `node load-bundle.cjs BUNDLE`: loads the bundle as an extension host does, with a stub in place of `vscode`, activates
// it, and prints what that took: `{ "load": ms, "activate": ms }`.
const { registerHooks } = require("node:module");
const path = require("node:path");
const { pathToFileURL } = require("node:url");

const stub = path.join(__dirname, "vscode-stub.cjs");
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "vscode"
      ? { url: pathToFileURL(stub).href, format: "commonjs", shortCircuit: true }
      : next(specifier, context),
});

const { ExtensionContext } = require(stub);
const context = { extensionUri: new ExtensionContext(), secrets: new ExtensionContext() };
const [, , bundle] = process.argv;
const begin = performance.now();
const extension = require(bundle);
const loaded = performance.now();
extension.activate({ ...context, subscriptions: [] });
const activated = performance.now();
process.stdout.write(`${JSON.stringify({ load: loaded - begin, activate: activated - loaded })}\n`, () => process.exit());
