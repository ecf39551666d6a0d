// Why a user is offered a queue's work: the answer, and each reason with its place.

import { MARKS, MEANINGS, openText, verdict } from "../core/offer";
import type { Offer } from "../core/protocol";
import type { ToOffer } from "../core/viewProtocol";
import { html, inline, send, view } from "./dom";

window.addEventListener("message", ({ data }: MessageEvent<ToOffer>) => {
    view().replaceChildren(data.type === "offer" ? page(data.offer) : html("p", { class: "note", role: "status" }, data.text));
});

function page(offer: Offer): HTMLElement {
    const article = html("article", {}, html("h2", {}, ...inline(verdict(offer.text))));
    if (offer.reasons.length === 0) {
        article.append(html("pre", {}, offer.text));
        return article;
    }
    const rows = offer.reasons.map((reason, index) => {
        const { holds, text, uri } = reason;
        const row = html(
            "li",
            { class: `holds-${holds}` },
            html("span", { class: "mark", role: "img", "aria-label": MEANINGS[holds], title: MEANINGS[holds] }, MARKS[holds]),
            html("span", {}, ...inline(text)),
        );
        if (uri !== undefined) {
            const open = html("button", { type: "button" }, openText(reason));
            open.addEventListener("click", () => {
                send({ type: "openReason", reason: index });
            });
            row.append(open);
        }
        return row;
    });
    article.append(html("ul", {}, ...rows));
    return article;
}

send({ type: "ready" });
