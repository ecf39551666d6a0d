// The page of a rep: a status, offers, work in tabs, capacity, and the events of the console as a component sees them.
import { REST, ask, call, type Fields, type Session } from "../common/api.ts";
import { clock as timeOf, duration, h, show, type Child } from "../common/dom.ts";
import type { Told } from "../common/hub.ts";
import { Shell, question } from "../common/page.ts";
import { SignedPage } from "../common/signed.ts";
import type { Standing, Work } from "../common/standing.ts";
import { Clock } from "../common/time.ts";
import { eventName, shapedParameters } from "../frame/lightning.ts";

const shell = new Shell("Rep");
const clock = new Clock();
let state: Standing | undefined;
let current: string | undefined;
let focused: string | undefined;
const log: { at: string; name: string; parameters: Fields }[] = [];

const panel = h("section", { class: "card", "aria-labelledby": "omni-title" });
const desk = h("section", { class: "desk", "aria-label": "Work" });
const events = h("ol", { class: "log", tabindex: 0, "aria-label": "Events of the console, the latest first" });
const layout = h(
  "div",
  { class: "columns desk-beside" },
  panel,
  desk,
  h("section", { class: "card wide", "aria-labelledby": "log-title" }, h("h2", { id: "log-title" }, "Events of the console"), events),
);

const MUTE = "omnic.mute";
const sounds = (): boolean => localStorage.getItem(MUTE) !== "on";

let audio: AudioContext | undefined;
function beep(frequency: number): void {
  audio ??= new AudioContext();
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.frequency.value = frequency;
  volume.gain.value = 0.1;
  tone.connect(volume).connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + 0.2);
}

const page = new SignedPage<Standing>({
  shell,
  path: "/omnic/v1/console/state",
  invitation: "Sign in as a user of the org. The terminal of the server shows the password.",
  everybody: false,
  shown,
  told,
  connection(now) {
    if (now !== "live") {
      if (now === "broken") told([{ at: new Date(clock.now()).toISOString(), kind: "console", event: "connectionError", parameters: { error: "the connection to the server is broken" } }]);
      if (sounds() && state?.configuration.disconnectSound) beep(220);
    }
    document.querySelectorAll<HTMLButtonElement>(".card button, .desk button, .card select").forEach((button) => {
      if (button.dataset["local"] === undefined) button.disabled = now !== "live";
    });
    lastShown = "";
    if (state && now === "live") render(state);
  },
  gone() {
    state = undefined;
    log.length = 0;
    current = undefined;
    focused = undefined;
    lastShown = "";
  },
});

const run = (method: string, parameters: Fields = {}): Promise<unknown> => page.doing((session) => call(session.token, method, parameters));

function told(all: Told[]): void {
  for (const one of all) {
    if (one.kind === "beganAgain") {
      log.unshift({ at: one.at, name: "Began again: what happened meanwhile is not known", parameters: {} });
      continue;
    }
    if (one.kind !== "console" || !one.event) continue;
    log.unshift({ at: one.at, name: eventName(one.event), parameters: shapedParameters(one.parameters ?? {}) });
    if (one.event === "workAssigned" && sounds() && state?.configuration.requestSound) beep(880);
    if (one.event === "workAccepted") {
      current = String(one.parameters?.["workId"]);
      if (state?.works.some((work) => work.workId === current && work.minimises)) minimised(true);
    }
  }
  log.length = Math.min(log.length, 200);
  show(
    events,
    log.map((line) => h("li", {}, h("time", {}, timeOf(line.at)), " ", h("code", {}, line.name), " ", h("span", { class: "json" }, JSON.stringify(line.parameters)))),
  );
}

let isMinimised = false;
function minimised(is: boolean): void {
  isMinimised = is;
  lastShown = "";
  if (state) render(state);
}

let lastShown = "";
function shown(now: Standing): void {
  state = now;
  clock.set(now.now, now.pace);
  if (!layout.isConnected) show(shell.main, layout);
  render(now);
}

function render(now: Standing): void {
  const { position: _position, now: _now, ...rest } = now;
  const key = JSON.stringify([rest, current, isMinimised]);
  if (key === lastShown) return;
  lastShown = key;
  const open = now.works.filter((work) => work.status !== "Assigned");
  if (!open.some((work) => work.workId === current)) current = open[0]?.workId;
  show(panel, omni(now));
  show(desk, tabs(now, open));
  if (current !== focused) {
    focused = current;
    void run("focusTab", current === undefined ? {} : { workId: current });
  }
  tick();
}

function omni(now: Standing): Child {
  const option = (status: Standing["statuses"][number]): HTMLElement => h("option", { value: status.id }, `${status.name}${status.isAway ? " (away)" : ""}`);
  const offers = now.works.filter((work) => work.status === "Assigned");
  const select = h(
    "select",
    {
      id: "status",
      key: "status",
      onchange: () => {
        const id = select.value;
        void (id === "" ? run("logout") : now.presence ? run("setServicePresenceStatus", { statusId: id }) : run("login", { statusId: id }));
      },
    },
    h("option", { value: "" }, "Offline"),
    now.statuses.filter((status) => status.isKnown).map(option),
    now.statuses.some((status) => !status.isKnown) && h("optgroup", { label: "Not known to be granted" }, now.statuses.filter((status) => !status.isKnown).map(option)),
  );
  select.value = now.presence?.statusId ?? "";
  const heading = h(
    "div",
    { class: "row" },
    h("h2", { id: "omni-title" }, "Omni-Channel"),
    h("button", { type: "button", key: "minimise", class: "quiet", "data-local": "", "aria-expanded": String(!isMinimised), onclick: () => minimised(!isMinimised) }, isMinimised ? "Show" : "Minimise"),
  );
  if (isMinimised) return [heading, h("p", {}, now.presence?.statusName ?? "Offline", offers.length > 0 ? `, ${offers.length} offered` : "")];
  return [
    heading,
    h("label", { for: "status" }, "Presence status"),
    select,
    now.statuses.length === 0 && h("p", { class: "problem" }, "No presence status is granted to you."),
    capacity(now),
    h("h3", {}, "Offers"),
    offers.length === 0 ? h("p", { class: "empty" }, now.presence ? "Nothing is offered." : "Nothing is offered while you are offline.") : h("ul", { class: "offers" }, offers.map((work) => offer(now, work))),
    h(
      "label",
      { class: "check" },
      h("input", {
        type: "checkbox",
        key: "mute",
        "data-local": "",
        checked: !sounds(),
        onchange: (event) => localStorage.setItem(MUTE, (event.target as HTMLInputElement).checked ? "on" : "off"),
      }),
      "Mute this page",
    ),
  ];
}

function bar(id: string, label: string, used: number, most: number): Child {
  const share = most > 0 ? Math.min(100, (used / most) * 100) : 0;
  const fill = h("span", { class: share >= 100 ? "fill full" : "fill" });
  fill.style.width = `${share}%`;
  return [
    h("p", { id }, `${label}: ${used} of ${most}`),
    h("div", { class: "bar", role: "meter", "aria-labelledby": id, "aria-valuenow": used, "aria-valuemin": 0, "aria-valuemax": most }, fill),
  ];
}

function capacity(now: Standing): Child {
  const it = now.capacity;
  if (!it) return null;
  return [
    bar("capacity", "Capacity", it.used, it.capacity),
    (it.interruptibleUsed > 0 || now.works.some((work) => work.isInterruptible)) && bar("interruptible", "Interruptible capacity", it.interruptibleUsed, it.interruptibleCapacity),
  ];
}

const name = (work: Work): string => work.title ?? `${work.object ?? "Record"} ${work.workItemId}`;

function offer(now: Standing, work: Work): HTMLElement {
  const parameters = { workId: work.workId };
  return h(
    "li",
    { class: "offer" },
    h("p", {}, h("strong", {}, name(work))),
    h("p", { class: "small" }, [work.object, work.queue].filter(Boolean).join(" · ")),
    work.expiresAt && h("p", { class: "countdown", "data-until": work.expiresAt, "data-words": "left to answer" }),
    h(
      "div",
      { class: "buttons" },
      h("button", { type: "button", class: "primary", key: `accept ${work.workId}`, "aria-label": `Accept ${name(work)}`, onclick: () => void run("acceptAgentWork", parameters) }, "Accept"),
      now.configuration.canDecline &&
        !work.isRequired &&
        h("button", { type: "button", key: `decline ${work.workId}`, "aria-label": `Decline ${name(work)}`, onclick: () => void decline(now, work) }, "Decline"),
    ),
  );
}

async function decline(now: Standing, work: Work): Promise<void> {
  const reasons = now.configuration.declineReasons;
  if (reasons.length === 0) {
    await run("declineAgentWork", { workId: work.workId });
    return;
  }
  const reason = await question<string>(`Decline ${name(work)}`, (answer) => [
    h("p", {}, "Why?"),
    h("div", { class: "stack" }, reasons.map((each) => h("button", { type: "button", onclick: () => answer(each.name) }, each.label))),
  ]);
  if (reason !== undefined) await run("declineAgentWork", { workId: work.workId, declineReason: reason });
}

function tabs(now: Standing, open: Work[]): Child {
  if (open.length === 0) return h("p", { class: "empty card" }, "No work is open.");
  const choose = (work: Work): void => {
    current = work.workId;
    render(now);
    document.getElementById(`tab-${work.workId}`)?.focus();
  };
  const list = h(
    "div",
    {
      role: "tablist",
      "aria-label": "Open work",
      onkeydown: (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[(event as KeyboardEvent).key];
        const at = open.findIndex((work) => work.workId === current);
        const next = step && open[(at + step + open.length) % open.length];
        if (next) choose(next);
      },
    },
    open.map((work) =>
      h(
        "button",
        {
          type: "button",
          role: "tab",
          id: `tab-${work.workId}`,
          key: `tab ${work.workId}`,
          "data-local": "",
          "aria-selected": String(work.workId === current),
          "aria-controls": "work",
          tabindex: work.workId === current ? 0 : -1,
          onclick: () => choose(work),
        },
        work.isFlagged && h("span", { class: "flag", "aria-label": "flagged" }, "⚑ "),
        name(work),
      ),
    ),
  );
  const work = open.find((each) => each.workId === current);
  return [list, work && h("div", { id: "work", role: "tabpanel", class: "card", tabindex: 0, "aria-labelledby": `tab-${work.workId}` }, one(now, work))];
}

const records = new Map<string, Fields>();

function one(now: Standing, work: Work): Child {
  const parameters = { workId: work.workId };
  const button = (label: string, act: () => void, extra = {}): HTMLElement => h("button", { type: "button", key: `${label} ${work.workId}`, onclick: act, ...extra }, label);
  const status = work.statusField;
  const meaning = status?.values.find((row) => row.value === status.value)?.meaning;
  const set = (value: string): void => void page.doing((session) => ask("PATCH", `${REST}/sobjects/${work.object ?? ""}/${work.workItemId}`, { token: session.token, body: { [status?.field ?? ""]: value } }));
  const next = (wanted: string): string | undefined => status?.values.find((row) => row.meaning === wanted)?.value;
  const paused = next("paused");
  const goesOn = next("inProgress");
  const inConversation = work.afterConversationUntil === null;
  const fields = h("dl", { class: "fields" });
  const showFields = (record: Fields): void =>
    show(
      fields,
      Object.entries(record)
        .filter(([field, value]) => value !== null && typeof value !== "object" && !/Date|Stamp|ById$/.test(field))
        .slice(0, 24)
        .map(([field, value]) => [h("dt", {}, field), h("dd", {}, String(value))]),
    );
  const known = records.get(work.workItemId);
  if (known) showFields(known);
  const session = page.session;
  if (session && work.object) void fill(session, work, showFields);
  return [
    h("div", { class: "row" }, h("h2", {}, name(work)), h("span", { class: "badge" }, meaning === "paused" ? "Paused" : inConversation ? "Open" : "After conversation work")),
    h("p", { class: "small" }, [work.object, work.queue, work.channel, work.openedAt && `since ${timeOf(work.openedAt)}`].filter(Boolean).join(" · ")),
    work.isFlagged && h("p", { class: "flagged" }, "⚑ Flag raised", work.flagMessage ? `: ${work.flagMessage}` : ""),
    work.afterConversationUntil && h("p", { class: "countdown", "data-until": work.afterConversationUntil, "data-words": "left for after conversation work" }),
    h(
      "div",
      { class: "buttons" },
      button("Close", () => void run("closeAgentWork", parameters), { class: "primary" }),
      work.capacityModel === "TabBased" && button("Close the tab", () => void run("closeTab", parameters)),
      inConversation && button("End the conversation", () => void run("endConversation", parameters)),
      !inConversation && work.extensionsLeft > 0 && button(`Extend (${work.extensionsLeft} left)`, () => void run("extendAfterConversationWork", parameters)),
      status && paused !== undefined && meaning !== "paused" && button("Pause", () => set(paused)),
      status && goesOn !== undefined && meaning === "paused" && button("Resume", () => set(goesOn)),
      work.isFlagged ? button("Lower the flag", () => void run("lowerAgentWorkFlag", parameters)) : button("Raise a flag", () => void flag(work)),
      button("Transfer", () => void transfer(now, work)),
    ),
    status &&
      h(
        "p",
        {},
        h("label", { for: "record-status" }, `${status.field} `),
        (() => {
          const select = h("select", { id: "record-status", key: "record-status", onchange: () => set(select.value) }, status.value && !status.values.some((row) => row.value === status.value) ? h("option", {}, status.value) : null, status.values.map((row) => h("option", { value: row.value }, row.value)));
          select.value = status.value ?? "";
          return select;
        })(),
      ),
    fields,
  ];
}

async function fill(session: Session, work: Work, showFields: (record: Fields) => void): Promise<void> {
  try {
    const record = (await ask("GET", `${REST}/sobjects/${work.object ?? ""}/${work.workItemId}`, { token: session.token })) as Fields;
    records.set(work.workItemId, record);
    showFields(record);
  } catch {
    // The stream tells if the connection is broken; a record that is gone has no fields.
  }
}

async function flag(work: Work): Promise<void> {
  const message = await question<string>("Raise a flag", (answer) => {
    const input = h("input", { id: "flag-message", maxlength: 255 });
    return h(
      "form",
      {
        onsubmit: (event) => {
          event.preventDefault();
          answer(input.value);
        },
      },
      h("label", { for: "flag-message" }, "Message to the supervisor (optional)"),
      input,
      h("button", { class: "primary" }, "Raise"),
    );
  });
  if (message !== undefined) await run("raiseAgentWorkFlag", message === "" ? { workId: work.workId } : { workId: work.workId, message });
}

async function transfer(now: Standing, work: Work): Promise<void> {
  const to = await question<string>(`Transfer ${name(work)}`, (answer) => {
    const select = h(
      "select",
      { id: "transfer-to" },
      h("optgroup", { label: "Queues" }, now.queues.map((queue) => h("option", { value: `queue ${queue.id}` }, queue.name))),
      h("optgroup", { label: "People" }, now.people.map((person) => h("option", { value: `user ${person.id}` }, `${person.name}${person.online ? "" : " (offline)"}`))),
    );
    return [h("label", { for: "transfer-to" }, "To"), select, h("button", { type: "button", class: "primary", onclick: () => answer(select.value) }, "Transfer")];
  });
  const [kind, id] = to?.split(" ") ?? [];
  if (kind && id) await run("transferAgentWork", { workId: work.workId, [kind]: id });
}

function tick(): void {
  for (const element of document.querySelectorAll<HTMLElement>("[data-until]")) {
    const left = clock.until(element.dataset["until"] ?? "");
    const text = `${duration(left)} ${element.dataset["words"] ?? ""}`;
    if (element.textContent !== text) element.textContent = text;
    element.classList.toggle("soon", left < 10);
  }
}
setInterval(tick, 250);

page.begin();
