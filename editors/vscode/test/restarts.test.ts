import assert from "node:assert/strict";
import { it } from "node:test";

import { Restarts } from "../src/core/restarts";

it("starts a server again, but not one that ends again and again", () => {
    const restarts = new Restarts();
    assert.deepEqual([0, 1, 2, 3].map((second) => restarts.allow(second * 1000)), [true, true, true, false]);
    assert.ok(restarts.allow(10 * 60_000));
});
