import { expect, test } from "vitest";
import { imageIn } from "../../debug-adapter/values/image-in.ts";
import { kindsOf } from "../../debug-adapter/values/kinds-of.ts";

const png =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

test("what a value can be looked at as depends on it, the best first", () => {
  expect(kindsOf(3)).toEqual(["text"]);
  expect(kindsOf(null)).toEqual(["text"]);
  expect(kindsOf([1, 2])).toEqual(["json", "text"]);
  expect(kindsOf([])).toEqual(["json", "text"]);
  expect(kindsOf([{ a: 1 }, { b: 2 }])).toEqual(["table", "json", "text"]);
  expect(kindsOf([{ a: 1 }, 2])).toEqual(["json", "text"]);
  expect(kindsOf({ a: 1 })).toEqual(["json", "text"]);
  expect(kindsOf("word")).toEqual(["text"]);
  expect(kindsOf("one\ntwo")).toEqual(["text", "markdown"]);
  expect(kindsOf("# Title\ntext")).toEqual(["markdown", "text"]);
  expect(kindsOf("- **one**\n- two")).toEqual(["markdown", "text"]);
  expect(kindsOf("2 * 3 - 4 `and` so")).toEqual(["text"]);
  expect(kindsOf('[{"a": 1}]')).toEqual(["table", "json", "text"]);
  expect(kindsOf("[not json")).toEqual(["text"]);
  expect(kindsOf(png)).toEqual(["image", "text"]);
});

test("pictures are known by their data URL or how they begin, with their sizes; nothing else is one", () => {
  expect(imageIn(png)).toMatchObject({ type: "image/png", bytes: 70, base64: png });
  expect(imageIn(`data:image/png;base64,${png}`)).toMatchObject({ type: "image/png", bytes: 70 });
  expect(imageIn(`${png.slice(0, 40)}\r\n${png.slice(40)}\n`)).toMatchObject({ bytes: 70, base64: png });
  expect(imageIn('<svg xmlns="http://www.w3.org/2000/svg"/>')).toMatchObject({
    type: "image/svg+xml",
    bytes: 41,
  });
  // As drawing programs, browsers and models write them.
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"/>';
  const drawing = { type: "image/svg+xml", bytes: 41, base64: Buffer.from(svg).toString("base64") };
  expect(imageIn(`data:image/svg+xml,${encodeURIComponent(svg)}`)).toEqual(drawing);
  expect(imageIn(`data:image/svg+xml;utf8,${svg}`)).toEqual(drawing);
  expect(imageIn(`data:image/svg+xml;charset=utf-8;base64,${drawing.base64}`)).toEqual(drawing);
  expect(imageIn(`data:image/svg+xml,<svg width="100%"/>`)).toMatchObject({ bytes: 19 });
  const xml = '<?xml version="1.0"?>\n';
  expect(imageIn(xml + svg)).toMatchObject({ type: "image/svg+xml" });
  expect(imageIn(Buffer.from(xml + svg).toString("base64"))).toMatchObject({ type: "image/svg+xml" });
  expect(imageIn(Buffer.from(`${xml}<rss>nothing to see</rss>`).toString("base64"))).toBeNull();
  expect(imageIn(`data:image/jpg;base64,${png}`)).toMatchObject({ type: "image/jpeg" });
  // One that was cut off has no more digits than whole bytes.
  const cut = imageIn(png.slice(0, 41));
  expect(cut).toMatchObject({ bytes: 30, base64: png.slice(0, 40) });
  expect(imageIn(png.slice(0, 43))?.base64).toBe(`${png.slice(0, 43)}=`);
  expect(imageIn(`data:text/html;base64,${png}`)).toBeNull();
  expect(imageIn(`data:image/bmp;base64,${png}`)).toBeNull();
  expect(imageIn(`${png}<script>`)).toBeNull();
  expect(imageIn("/9j/ is how a path may begin, too, and it is no picture")).toBeNull();
  expect(imageIn(`UklGR${"A".repeat(60)}`)).toBeNull();
  expect(imageIn("R0lGODlh")).toBeNull();
});
