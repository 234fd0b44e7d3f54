// What `require("vscode")` gives in load-bundle.cjs.
/** Anything that is asked of VS Code: can be called, made with `new`, and asked for more. */
function stub() {
  const known = new Map();
  return new Proxy(function () {}, {
    get(_, name) {
      // What is awaited ends, what is looped over is empty.
      if (name === "then") return undefined;
      if (name === Symbol.iterator) return [][Symbol.iterator].bind([]);
      if (name === Symbol.toPrimitive) return () => "";
      if (!known.has(name)) known.set(name, stub());
      return known.get(name);
    },
    apply: () => stub(),
    construct: () => stub(),
  });
}

// A bundle that imports all of it makes an object with the prototype that this has, where it finds whatever it asks for.
module.exports = Object.create(stub());
