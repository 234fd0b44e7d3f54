// A script and all that it imports, as one text; see scripts/build/bundled-text.ts.
declare module "bundled-text:*" {
  const text: string;
  export default text;
}
