// A connection that can be cut, between the browser and the server.
import { connect, createServer } from "node:net";

/** A way to a server through another port. */
export async function proxy(server) {
  const sockets = new Set();
  let isCut = false;
  const way = createServer((near) => {
    if (isCut) return near.destroy();
    const far = connect(Number(server.port), "127.0.0.1");
    for (const [from, to] of [[near, far], [far, near]]) {
      sockets.add(from);
      from.on("error", () => to.destroy());
      from.on("close", () => {
        sockets.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
  });
  await new Promise((resolve) => way.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${way.address().port}`,
    cut() {
      isCut = true;
      for (const socket of sockets) socket.destroy();
    },
    mend() {
      isCut = false;
    },
    end: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => way.close(resolve));
    },
  };
}
