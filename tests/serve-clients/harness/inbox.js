// What a client was sent, in its order.
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

/** An inbox: `put` is the client's listener, `next` waits for a message, `empty` asserts that no other has come. */
export function inbox() {
  const waiting = [];
  const takers = [];
  return {
    put: (message) => (takers.length ? takers.shift()(message) : waiting.push(message)),
    async next() {
      if (waiting.length) return waiting.shift();
      const timeout = new AbortController();
      const late = sleep(10_000, null, timeout).then(() => assert.fail("nothing came in 10 seconds"));
      late.catch(() => {});
      const message = await Promise.race([new Promise((resolve) => takers.push(resolve)), late]);
      timeout.abort();
      return message;
    },
    async empty() {
      await sleep(100);
      assert.deepEqual(waiting, []);
    },
  };
}
