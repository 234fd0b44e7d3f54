import { type FormEvent, type ReactNode, useId, useState } from "react";
import { Codicon } from "../parts/Codicon.tsx";
import { useSession } from "../session/session-context.tsx";
import { goToField } from "./inspector-commands.ts";

/** Adds a key with an empty text to an object: its row then takes the value. */
export function AddKey({
  stage,
  path,
  taken,
  offers,
}: {
  stage: string | null;
  path: readonly string[];
  taken: readonly string[];
  offers: readonly string[];
}): ReactNode {
  const session = useSession();
  const [key, setKey] = useState("");
  const list = useId();
  const add = (event: FormEvent): void => {
    event.preventDefault();
    const name = key.trim();
    if (name === "") return;
    if (taken.includes(name)) {
      session.tell("error", `There is a “${name}” already.`);
      return;
    }
    session.edit({ kind: "set-value", stage, path: [...path, name], value: "" });
    setKey("");
    goToField([...path, name]);
  };
  return (
    <form className="add-key" onSubmit={add}>
      <input
        className="field-input"
        aria-label={`Key to add to ${path.at(-1) ?? "the top"}`}
        placeholder="Add a key…"
        list={list}
        spellCheck={false}
        value={key}
        onChange={(event) => setKey(event.currentTarget.value)}
      />
      <datalist id={list}>
        {offers.map((offer) => (
          <option key={offer} value={offer} />
        ))}
      </datalist>
      <button
        type="submit"
        className="tool"
        aria-label="Add Key"
        title="Add Key"
        disabled={key.trim() === ""}
      >
        <Codicon name="add" />
      </button>
    </form>
  );
}
