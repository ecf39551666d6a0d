// The page that runs Aura components and Visualforce pages as they are written, each in a frame of its own.
import { ServerError, ask, type Fields, type Session } from "../common/api.ts";
import { h, show } from "../common/dom.ts";
import type { Told } from "../common/hub.ts";
import { Frames } from "../common/host.ts";
import { Shell } from "../common/page.ts";
import { SignedPage } from "../common/signed.ts";
import type { Standing } from "../common/standing.ts";

interface Listed {
  key: string;
  components: { name: string; kind: "cmp" | "page"; path: string; digest: string }[];
}

interface Place {
  digest: string;
  card: HTMLElement;
  frame: HTMLIFrameElement;
  lines: HTMLElement;
}

const shell = new Shell("Components");
const places = new Map<string, Place>();
const chosen = new Set<string>();
const picker = h("fieldset", { class: "card" });
const cards = h("div", { class: "columns" });
const tabList = h("ul", { class: "items" });
const status = h("p", { class: "small" });
let listed: Listed | undefined;
let lastTab = 0;
const tabs = new Map<string, { label: string; url: string }>();

const frames = new Frames(
  () => page.session && { token: page.session.token, userId: page.session.userId },
  {
    line(frame, tone, text) {
      const place = [...places.values()].find((each) => each.frame === frame);
      if (!place) return;
      const line = h("li", { class: tone }, h("span", { class: "tone" }, tone), ` ${text}`);
      place.lines.append(line);
      while (place.lines.children.length > 200) place.lines.firstElementChild?.remove();
      place.lines.scrollTop = place.lines.scrollHeight;
    },
    tab(method, parameters: Fields) {
      if (method === "openTab") {
        const id = `scc-pt-${lastTab}`;
        lastTab += 1;
        const url = String(parameters["url"] ?? "");
        tabs.set(id, { label: String(parameters["label"] ?? url), url });
        showTabs();
        setTimeout(() => frames.tabEvent("openTab", id, objectOf(url)));
        return id;
      }
      const id = String(parameters["id"] ?? "");
      return closeTab(id) ? id : "";
    },
  },
  () => page.expired(),
);

/** The record whose page an address is, if it is one. */
function objectOf(url: string): string {
  return /^\/?([A-Za-z0-9]{15}|[A-Za-z0-9]{18})(?:$|[/?#])/.exec(url)?.[1] ?? "";
}

function closeTab(id: string): boolean {
  const tab = tabs.get(id);
  if (!tab) return false;
  tabs.delete(id);
  showTabs();
  setTimeout(() => frames.tabEvent("closeTab", id, objectOf(tab.url)));
  return true;
}

function showTabs(): void {
  show(tabList, tabs.size === 0 ? h("li", { class: "empty" }, "No tab is open.") : [...tabs].map(([id, tab]) => h("li", {}, tab.label, " ", h("button", { type: "button", class: "quiet", key: id, "aria-label": `Close the tab ${tab.label}`, onclick: () => closeTab(id) }, "×"))));
}

const page: SignedPage<Standing> = new SignedPage<Standing>({
  shell,
  path: "/omnic/v1/console/state",
  invitation: "Sign in as the user whose console the components are in.",
  everybody: false,
  shown(state, session) {
    status.textContent = `${state.user.name}: ${state.presence?.statusName ?? "offline"}${state.capacity ? `, ${state.capacity.used} of ${state.capacity.capacity} in use` : ""}`;
    if (!cards.isConnected) {
      show(
        shell.main,
        status,
        h("div", { class: "columns" }, picker, h("section", { class: "card", "aria-labelledby": "tabs-title" }, h("div", { class: "row" }, h("h2", { id: "tabs-title" }, "Tabs"), h("button", { type: "button", class: "quiet", onclick: openRecord }, "Open a tab")), tabList)),
        cards,
      );
      showTabs();
      void load(session);
    }
  },
  told(events: Told[]) {
    frames.told(events);
  },
  connection(state) {
    if (state === "broken") frames.connectionError("the connection to the server is broken");
  },
  async leaving() {
    const overlay = h("div", { class: "overlay", role: "alert" }, "Logging out…");
    document.body.append(overlay);
    await frames.logout();
    overlay.remove();
  },
  gone() {
    for (const place of places.values()) frames.remove(place.frame);
    places.clear();
    cards.remove();
    cards.replaceChildren();
    tabs.clear();
  },
});

function openRecord(): void {
  const id = `scc-pt-${lastTab}`;
  lastTab += 1;
  tabs.set(id, { label: `Tab ${lastTab}`, url: "" });
  showTabs();
  frames.tabEvent("openTab", id, "");
}

async function load(session: Session): Promise<void> {
  try {
    listed = (await ask("GET", "/console/components/list", { token: session.token })) as Listed;
    arrange(listed);
  } catch (error) {
    if (error instanceof ServerError && error.status === 404) {
      show(picker, h("legend", {}, "Components"), h("p", {}, error.message));
      return;
    }
    if (error instanceof ServerError && error.status === 500) shell.fail(error);
  }
  setTimeout(() => {
    if (page.session === session) void load(session);
  }, 1_500);
}

function arrange(now: Listed): void {
  if (chosen.size === 0) {
    const given = new URLSearchParams(location.search).getAll("show");
    for (const each of given) chosen.add(each);
  }
  const known = now.components.map((each) => `${each.name}.${each.kind}`);
  const text = JSON.stringify(known);
  if (picker.dataset["known"] !== text) {
    picker.dataset["known"] = text;
    show(
      picker,
      h("legend", {}, "Components"),
      now.components.length === 0 && h("p", {}, "The folder holds no .cmp or .page file."),
      now.components.map((each) => {
        const id = `${each.name}.${each.kind}`;
        return h(
          "label",
          { class: "check", title: each.path },
          h("input", {
            type: "checkbox",
            key: id,
            checked: chosen.has(id),
            onchange: (event) => {
              if ((event.target as HTMLInputElement).checked) chosen.add(id);
              else chosen.delete(id);
              if (listed) arrange(listed);
            },
          }),
          id,
        );
      }),
    );
  }
  for (const [id, place] of places) {
    if (chosen.has(id) && known.includes(id)) continue;
    frames.remove(place.frame);
    place.card.remove();
    places.delete(id);
  }
  for (const each of now.components) {
    const id = `${each.name}.${each.kind}`;
    if (!chosen.has(id)) continue;
    const address = `/console/components/${each.kind}/${now.key}/${encodeURIComponent(each.name)}/frame`;
    const place = places.get(id);
    if (!place) {
      const frame = h("iframe", { title: id, src: address, sandbox: "allow-scripts allow-forms", "data-kind": each.kind });
      const lines = h("ol", { class: "log", tabindex: 0, "aria-label": `What ${id} writes` });
      const card = h("section", { class: "card", "aria-label": id }, h("h2", {}, id), frame, lines);
      cards.append(card);
      frames.add(frame);
      places.set(id, { digest: each.digest, card, frame, lines });
    } else if (place.digest !== each.digest) {
      place.digest = each.digest;
      place.lines.append(h("li", { class: "log" }, h("span", { class: "tone" }, "reload"), " the files have changed"));
      delete place.frame.dataset["ready"];
      place.frame.src = `${address}?${each.digest}`;
    }
  }
}

page.begin();
