import { type ReactNode, useState } from "react";
import type { SweptOutput } from "#protocol";

/** Lines and characters that are shown before the user asks for the whole. */
const LINES = 10;
const CHARACTERS = 500;

/** What a stage gave with one of the values: once, or round by round. */
export function SweptOutputs({
  stage,
  outputs,
  more,
}: {
  readonly stage: string;
  readonly outputs: readonly SweptOutput[];
  readonly more: number;
}): ReactNode {
  if (outputs.length === 0) return "–";
  return (
    <>
      {outputs.map((output) => (
        <Output key={output.address} output={output} isRound={output.address !== stage} />
      ))}
      {more > 0 && <p className="sweep-note">and in {more} more rounds: open the run to see them</p>}
    </>
  );
}

function Output({
  output: { address, text, cut },
  isRound,
}: {
  readonly output: SweptOutput;
  readonly isRound: boolean;
}): ReactNode {
  const [isWhole, setWhole] = useState(false);
  const short = firstPart(text);
  return (
    <div className="sweep-one-output">
      {isRound && <code className="sweep-address">{address}</code>}
      <div>{isWhole || short === text ? text : `${short}${text[short.length] === "\n" ? "\n" : ""}…`}</div>
      {short !== text && (
        <button
          type="button"
          aria-expanded={isWhole}
          aria-label={`Show ${isWhole ? "less" : "all"} of the output of ${address}`}
          onClick={() => setWhole(!isWhole)}
        >
          {isWhole ? "Show Less" : "Show All"}
        </button>
      )}
      {cut && (isWhole || short === text) && (
        <p className="sweep-note">
          These are its first {text.length.toLocaleString("en")} characters: open the run to see the rest
        </p>
      )}
    </div>
  );
}

function firstPart(text: string): string {
  const part = text.split("\n", LINES).join("\n").slice(0, CHARACTERS);
  // Not in the middle of a character.
  return /[\uD800-\uDBFF]$/.test(part) ? part.slice(0, -1) : part;
}
