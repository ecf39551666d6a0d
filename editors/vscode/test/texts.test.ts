import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { checkAt, isCheck } from "../src/core/checkCode";
import { codeParts, plain } from "../src/core/code";
import { page } from "../src/core/html";
import * as messages from "../src/core/messages";
import { openText, verdict } from "../src/core/offer";
import { describe as describeNode } from "../src/core/nodeText";
import { depth, restore } from "../src/core/viewProtocol";

describe("messages", () => {
    it("count", () => {
        assert.equal(messages.noPlan(1), "1 error: no plan");
        assert.equal(messages.noPlan(3), "3 errors: no plan");
        const none = { projects: 0, manifests: 0, configurations: 0 };
        assert.equal(messages.projects(none), "no project file, single files");
        assert.equal(messages.projects({ ...none, projects: 2, configurations: 1 }), "2 sfdx-project.json, 1 omnic.toml");
        assert.equal(messages.projects({ ...none, manifests: 1 }), "1 package.xml");
    });

    it("say what was looked for", () => {
        assert.equal(messages.notFound(["a", "b"]), "The program omnic was not found. Looked for: a; b.");
    });
});

describe("the code of a check", () => {
    const line = "<!-- omnic-ignore OC111, OC201: the org lists it twice -->";

    it("is the one at the cursor", () => {
        assert.equal(checkAt(line, line.indexOf("OC111")), "OC111");
        assert.equal(checkAt(line, line.indexOf("OC201") + 5), "OC201");
        assert.equal(checkAt(line, 0), undefined);
        assert.equal(checkAt("OC1111", 2), undefined);
    });

    it("is never a flag", () => {
        assert.ok(isCheck("OC305"));
        assert.ok(isCheck("acw-incomplete"));
        for (const text of ["--help", "-h", "", "OC305 --x", "../x"]) {
            assert.ok(!isCheck(text), text);
        }
    });
});

describe("an offer", () => {
    it("begins with the answer alone", () => {
        assert.equal(verdict("**`ada` is offered work:** she is\na member.\n\n- **yes**: so"), "`ada` is offered work");
        assert.equal(verdict("Not known.\n\n- x"), "Not known.");
        assert.equal(verdict(""), "");
    });

    it("says where its buttons lead", () => {
        const start = { line: 4, character: 0 };
        assert.equal(openText({ uri: "file:///a/Cases.queue-meta.xml", range: { start, end: start } }), "Open Cases.queue-meta.xml:5");
        assert.equal(openText({ uri: "file:///a/The%20Admin.profile" }), "Open The Admin.profile");
    });

    it("has names set apart in its reasons", () => {
        assert.deepEqual(codeParts("`ada` is in `Billing`"), [
            { text: "ada", code: true },
            { text: " is in ", code: false },
            { text: "Billing", code: true },
        ]);
        assert.deepEqual(codeParts("no `end"), [{ text: "no `end", code: false }]);
        assert.deepEqual(codeParts("`` a`b `` c"), [
            { text: "a`b", code: true },
            { text: " c", code: false },
        ]);
        assert.equal(plain("Routed by `A` and `B`"), "Routed by A and B");
    });
});

describe("a node of the graph", () => {
    const node = { id: "Queue:A", kind: "Queue", noun: "queue", name: "A", label: "The A", facts: [] as string[] };

    it("is told with its label and state, each once", () => {
        assert.equal(describeNode({ ...node, state: "here", facts: ["Label `The A`", "Holds `Case`"] }), "queue `A`; Label `The A`; Holds `Case`");
        assert.equal(describeNode({ ...node, state: "unknown", facts: ["Not in the project"] }), "queue `A`; Label `The A`; Not in the project");
        assert.equal(describeNode({ ...node, label: "A", state: "here", facts: ["Label `A`"] }), "queue `A`");
        assert.equal(describeNode({ ...node, state: "standard" }), "queue `A`; Label `The A`; Salesforce ships it");
    });
});

describe("the frame of a view", () => {
    const frame = page({
        title: `<script>"x"</script>`,
        cspSource: "https://source",
        nonce: "abc",
        script: "https://source/a.js?x=1&y=2",
        style: "https://source/a.css",
    });

    it("lets only its own script run", () => {
        assert.match(frame, /default-src &#39;none&#39;/);
        assert.match(frame, /script-src &#39;nonce-abc&#39;/);
        assert.doesNotMatch(frame, /unsafe/);
        assert.equal(frame.match(/<script/g)?.length, 1);
        assert.doesNotMatch(frame, / on\w+=/);
    });

    it("escapes what is put into it", () => {
        assert.match(frame, /<title>&lt;script&gt;/);
        assert.match(frame, /a\.js\?x=1&amp;y=2/);
    });
});

describe("what a view kept", () => {
    it("is taken if it is what it should be", () => {
        const target = { uri: "file:///a", position: { line: 1, character: 2 } };
        assert.deepEqual(restore({ pinned: true, depth: 3, target, zoom: 2 }), { pinned: true, depth: 3, target });
        assert.deepEqual(restore(undefined), { pinned: false, depth: 1 });
        assert.deepEqual(restore({ pinned: "x", depth: "9", target: { uri: 1 } }), { pinned: false, depth: 1 });
    });

    it("has a depth that the server can answer", () => {
        assert.deepEqual([0, 1, 99, 1.5, NaN, "3"].map(depth), [1, 1, 5, 1, 1, 1]);
    });
});
