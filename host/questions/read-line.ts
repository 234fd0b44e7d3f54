import type { Socket } from "node:net";

/** Characters that a line may have; who sends more is cut off. */
const longestLine = 1024 * 1024;

/** Gives the first line that comes on a socket. */
export function readLine(socket: Socket, onLine: (line: string) => void): void {
  let text = "";
  socket.setEncoding("utf8");
  const take = (piece: string): void => {
    text += piece;
    const end = text.indexOf("\n");
    if (end < 0) {
      if (text.length > longestLine) socket.destroy();
      return;
    }
    socket.removeListener("data", take);
    onLine(text.slice(0, end));
  };
  socket.on("data", take);
}
