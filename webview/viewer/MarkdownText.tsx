import { type ReactNode, useMemo } from "react";
import { type Block, readMarkdown } from "./markdown.ts";
import type { Inline } from "./markdown-inline.ts";

/** A text in Markdown, drawn. It makes elements of its own and never reads HTML. */
export function MarkdownText({ text }: { readonly text: string }): ReactNode {
  const blocks = useMemo(() => readMarkdown(text), [text]);
  return <article className="viewer-markdown">{blocks.map(drawn)}</article>;
}

// Parts of a text that does not change are where they are, and have no other name.
function drawn(block: Block, key: number): ReactNode {
  switch (block.kind) {
    case "heading": {
      // The page's own is the first.
      const Title = headings[block.level - 1] ?? "h6";
      return (
        <Title key={key} className={`markdown-${block.level}`}>
          {block.content.map(inline)}
        </Title>
      );
    }
    case "paragraph":
      return <p key={key}>{block.content.map(inline)}</p>;
    case "code":
      return <pre key={key}>{block.text}</pre>;
    case "list": {
      const items = block.items.map(listItem);
      return block.first === null ? (
        <ul key={key}>{items}</ul>
      ) : (
        <ol key={key} start={block.first}>
          {items}
        </ol>
      );
    }
    case "quote":
      return <blockquote key={key}>{block.blocks.map(drawn)}</blockquote>;
    case "table":
      return <MarkdownTable key={key} rows={block.rows} />;
    case "rule":
      return <hr key={key} />;
  }
}

const headings = ["h2", "h3", "h4", "h5", "h6", "h6"] as const;

function listItem(blocks: readonly Block[], key: number): ReactNode {
  const [only, ...others] = blocks;
  const isLine = only?.kind === "paragraph" && others.every(({ kind }) => kind === "list");
  return (
    <li key={key}>
      {isLine ? only.content.map(inline) : only === undefined ? null : drawn(only, 0)}
      {others.map(drawn)}
    </li>
  );
}

function MarkdownTable({
  rows: [head = [], ...rows],
}: Pick<Extract<Block, { kind: "table" }>, "rows">): ReactNode {
  const numbered = head.map((content, column) => ({ content, column }));
  return (
    <table>
      <thead>
        <tr>
          {numbered.map(({ content, column }) => (
            <th key={column} scope="col">
              {content.map(inline)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((cells, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row of a table is where it is, and nothing else.
          <tr key={row}>
            {numbered.map(({ column }) => (
              <td key={column}>{cells[column]?.map(inline)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function inline(part: Inline, key: number): ReactNode {
  switch (part.kind) {
    case "text":
      return part.text;
    case "code":
      return <code key={key}>{part.text}</code>;
    case "strong":
      return <strong key={key}>{part.content.map(inline)}</strong>;
    case "emphasis":
      return <em key={key}>{part.content.map(inline)}</em>;
    case "picture":
      return <span key={key}>[picture: {part.text}]</span>;
    case "link":
      return part.href === null ? (
        <span key={key}>{part.content.map(inline)}</span>
      ) : (
        <a key={key} href={part.href} title={part.href} rel="noreferrer">
          {part.content.map(inline)}
        </a>
      );
  }
}
