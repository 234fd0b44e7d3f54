import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import { backToGraph } from "../inspector/inspector-commands.ts";
import { Codicon } from "../parts/Codicon.tsx";
import { closeOverlay } from "../session/overlay-commands.ts";
import { useSession } from "../session/session-context.tsx";
import { keyGroups, keyWords } from "./key-list.ts";

/** All keys of the graph, over it. */
export function KeyHelp(): ReactNode {
  const session = useSession();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => list.current?.focus(), []);
  const close = (): void => {
    closeOverlay(session);
    backToGraph();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    event.stopPropagation();
    if (event.key === "Escape") close();
    else if (event.key === "Tab") {
      // Two stops: what is read, and the button.
      const button = event.currentTarget.querySelector("button");
      (document.activeElement === button ? list.current : button)?.focus();
    } else return;
    event.preventDefault();
  };
  return (
    <div
      className="key-help"
      role="dialog"
      aria-modal="true"
      aria-labelledby="key-help-title"
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) closeOverlay(session);
      }}
    >
      <header className="key-help-heading">
        <h2 id="key-help-title">Keys of the graph</h2>
        <button type="button" className="tool" aria-label="Close" title="Close" onClick={close}>
          <Codicon name="close" />
        </button>
      </header>
      {/* It takes the keyboard, which scrolls it. */}
      <div ref={list} className="key-help-list" role="document" tabIndex={0} aria-label="Keys of the graph">
        {keyGroups.map(({ title, entries }) => (
          <section key={title}>
            <h3>{title}</h3>
            <table>
              <tbody>
                {entries.map(({ keys, does }) => (
                  <tr key={does}>
                    <th scope="row">
                      {keyWords(keys).map((word) => (
                        <kbd key={word}>{word}</kbd>
                      ))}
                    </th>
                    <td>{does}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        ))}
      </div>
    </div>
  );
}
