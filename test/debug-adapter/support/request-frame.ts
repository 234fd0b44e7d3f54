/** A DAP request as bytes of the wire. */
export function requestFrame(seq: number, command: string, args: object = {}): string {
  const text = JSON.stringify({ seq, type: "request", command, arguments: args });
  return `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}
