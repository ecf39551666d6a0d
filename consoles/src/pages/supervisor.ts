// The page of a supervisor, by the supervisor configuration of the plan: reps, queues, skills, work, and what may be done.
import { ask, call, type Fields, type Json } from "../common/api.ts";
import { clock as timeOf, duration, h, show, type Child } from "../common/dom.ts";
import { Shell, question } from "../common/page.ts";
import { SignedPage } from "../common/signed.ts";
import type { Item, Rep, Sight, Why, Work } from "../common/standing.ts";
import { Clock } from "../common/time.ts";

const shell = new Shell("Supervisor");
const clock = new Clock();
let sight: Sight | undefined;
let lastShown = "";
const TABS = ["Reps", "Queues", "Skills", "Work"] as const;
type Tab = (typeof TABS)[number];
let tab: Tab = "Reps";
const open = new Map<string, Why | undefined>();

const tablist = h("div", { role: "tablist", "aria-label": "Views" });
const body = h("div", { id: "view", role: "tabpanel", tabindex: 0 });
const summary = h("p", { class: "small" });

const page = new SignedPage<Sight>({
  shell,
  path: "/omnic/v1/console/supervisor",
  invitation: "Sign in as a user whom a supervisor configuration names.",
  everybody: true,
  shown(now) {
    sight = now;
    clock.set(now.now, now.pace);
    if (!body.isConnected) show(shell.main, summary, tablist, body);
    render();
    for (const item of open.keys()) void explain(item);
  },
  connection(state) {
    document.querySelectorAll<HTMLButtonElement>("#view button").forEach((button) => {
      if (button.dataset["local"] === undefined) button.disabled = state !== "live";
    });
    if (state === "live") {
      lastShown = "";
      render();
    }
  },
  gone() {
    sight = undefined;
    lastShown = "";
    open.clear();
  },
});

const supervise = (parameters: Fields): Promise<unknown> => page.doing((session) => call(session.token, "supervise", parameters));

function render(): void {
  if (!sight) return;
  const now = sight;
  const { position: _position, now: _now, ...rest } = now;
  const key = JSON.stringify([rest, tab, [...open]]);
  if (key === lastShown) return tick();
  lastShown = key;
  const online = now.agents.filter((rep) => rep.status !== null).length;
  const waiting = now.queues.reduce((sum, queue) => sum + queue.waiting, 0);
  summary.textContent = `${now.configuration}: ${online} of ${now.agents.length} reps online, ${waiting} waiting in the queues shown, ${now.work.length} items with reps`;
  const choose = (next: Tab): void => {
    tab = next;
    render();
    document.getElementById(`tab-${next}`)?.focus();
  };
  show(
    tablist,
    TABS.map((each) =>
      h(
        "button",
        {
          type: "button",
          role: "tab",
          id: `tab-${each}`,
          key: each,
          "aria-selected": String(each === tab),
          "aria-controls": "view",
          tabindex: each === tab ? 0 : -1,
          onclick: () => choose(each),
          onkeydown: (event) => {
            const step = { ArrowRight: 1, ArrowLeft: TABS.length - 1 }[(event as KeyboardEvent).key];
            const next = step && TABS[(TABS.indexOf(tab) + step) % TABS.length];
            if (next) choose(next);
          },
        },
        each,
      ),
    ),
  );
  body.setAttribute("aria-labelledby", `tab-${tab}`);
  show(body, { Reps: () => reps(now), Queues: () => queues(now), Skills: () => skills(now), Work: () => work(now) }[tab]());
  tick();
}

function table(caption: string, heads: string[], rows: Child[][], empty: string): Child {
  if (rows.length === 0) return h("p", { class: "empty card" }, empty);
  return h(
    "div",
    { class: "card scroll", tabindex: 0, role: "region", "aria-label": `${caption}: table` },
    h(
      "table",
      {},
      h("caption", {}, caption),
      h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))),
      h("tbody", {}, rows.map((cells) => h("tr", {}, cells.map((cell, at) => (at === 0 ? h("th", { scope: "row" }, cell) : h("td", {}, cell)))))),
    ),
  );
}

function load(used: number, most: number | null, whose: string): Child {
  if (most === null) return "–";
  const share = most > 0 ? Math.min(100, (used / most) * 100) : 0;
  const fill = h("span", { class: share >= 100 ? "fill full" : "fill" });
  fill.style.width = `${share}%`;
  return [h("span", {}, `${used} of ${most} `), h("div", { class: "bar", role: "meter", "aria-label": `Load of ${whose}`, "aria-valuenow": used, "aria-valuemin": 0, "aria-valuemax": most }, fill)];
}

/** Actions of a tab, in the order of the configuration. */
function actions(now: Sight, of: string, known: { [action: string]: { label: string; act: () => void } }, whose: string): Child {
  const all = now.actions.filter((action) => action.tab === of);
  if (all.length === 0) return "–";
  return h(
    "div",
    { class: "buttons" },
    all.map((action) => {
      const it = action.action === "CustomAction" ? { label: action.flow ?? "Flow", act: () => void supervise({ action: "customAction", tab: of, flow: action.flow }).then(() => shell.say(`The flow ${action.flow ?? ""} was started. Flows are not run here.`)) } : known[action.action];
      const label = it?.label ?? action.action;
      if (action.action === "AWSDashboard") return h("button", { type: "button", key: `${whose} ${label}`, onclick: () => void supervise({ action: "awsDashboard", tab: of }) }, "Dashboard");
      return it
        ? h("button", { type: "button", key: `${whose} ${label}`, "aria-label": `${label}: ${whose}`, onclick: it.act }, label)
        : h("span", { class: "small" }, `${label}: not in this page`);
    }),
  );
}

function reps(now: Sight): Child {
  return [
    table(
      "Reps",
      ["Rep", "Status", "Load", "Work", "Queues and skills", ...(now.isTimelineHidden ? [] : ["Timeline"]), "Actions"],
      now.agents.map((rep) => [
        rep.name,
        [h("span", { class: rep.status === null ? "dot offline" : rep.isAway ? "dot away" : "dot online" }), rep.status ?? "Offline", rep.since && h("span", { class: "small since", "data-since": rep.since })],
        [load(rep.workload, rep.capacity, rep.name), rep.interruptibleUsed ? h("p", { class: "small" }, `interruptible: ${rep.interruptibleUsed} of ${rep.interruptibleCapacity ?? 0}`) : null],
        rep.works.map((each) => h("p", { class: "small" }, each.isFlagged && "⚑ ", each.title ?? each.workItemId, ` (${each.status})`)),
        h("span", { class: "small" }, [...rep.queues, ...rep.skills].join(", ") || "–"),
        ...(now.isTimelineHidden ? [] : [timeline(rep)]),
        actions(
          now,
          "AllAgents",
          {
            ChangeQueues: { label: "Queues", act: () => void change(rep, "changeQueues", "queues", now.queues.map((queue) => queue.name), rep.queues) },
            ChangeSkills: { label: "Skills", act: () => void change(rep, "changeSkills", "skills", now.skills.map((skill) => skill.name), rep.skills) },
            AssignLearning: { label: "Assign learning", act: () => void supervise({ action: "assignLearning", agents: [rep.id] }) },
          },
          rep.name,
        ),
      ]),
      "This configuration shows no reps.",
    ),
  ];
}

function timeline(rep: Rep): Child {
  const parts = rep.timeline ?? [];
  if (parts.length === 0) return "–";
  const begin = Math.min(...parts.map((part) => Date.parse(part.from)));
  const end = Math.max(clock.now(), begin + 60_000);
  const track = h("div", { class: "timeline", "aria-hidden": "true" });
  for (const part of parts) {
    const from = Date.parse(part.from);
    const to = part.to ? Date.parse(part.to) : end;
    const bit = h("span", { class: part.kind, title: `${part.label}, ${timeOf(part.from)} to ${part.to ? timeOf(part.to) : "now"}` });
    bit.style.left = `${((from - begin) / (end - begin)) * 100}%`;
    bit.style.width = `${Math.max(0.5, ((to - from) / (end - begin)) * 100)}%`;
    track.append(bit);
  }
  const words = parts.slice(-6).map((part) => h("li", {}, `${timeOf(part.from)} to ${part.to ? timeOf(part.to) : "now"}: ${part.label}`));
  return [track, h("details", {}, h("summary", { key: `timeline ${rep.id}`, "data-local": "" }, `From ${timeOf(new Date(begin).toISOString())}`), h("ol", { class: "small" }, words))];
}

/** Which of several a rep is to have. */
async function change(rep: Rep, action: string, what: string, all: string[], has: string[]): Promise<void> {
  const chosen = await question<string[]>(`${what === "queues" ? "Queues" : "Skills"} of ${rep.name}`, (answer) => {
    const boxes = [...new Set([...all, ...has])].sort().map((each) => ({ each, box: h("input", { type: "checkbox", checked: has.includes(each), disabled: !all.includes(each) }) }));
    return h(
      "form",
      {
        onsubmit: (event) => {
          event.preventDefault();
          answer(boxes.filter(({ box }) => box.checked).map(({ each }) => each));
        },
      },
      boxes.map(({ each, box }) => h("label", { class: "check" }, box, each)),
      h("button", { class: "primary" }, "Change"),
    );
  });
  if (!chosen) return;
  const added = chosen.filter((each) => !has.includes(each));
  const remove = has.filter((each) => all.includes(each) && !chosen.includes(each));
  const add: Json = action === "changeSkills" ? added.map((skillId) => ({ skillId })) : added;
  if (added.length + remove.length > 0) await supervise({ action, agent: rep.id, add, remove });
}

function queues(now: Sight): Child {
  return now.queues.length === 0
    ? h("p", { class: "empty card" }, "This configuration shows no queues.")
    : now.queues.map((queue) =>
        h(
          "section",
          { class: "card", "aria-labelledby": `queue-${queue.id}` },
          h("div", { class: "row" }, h("h2", { id: `queue-${queue.id}` }, queue.name), h("span", { class: "badge" }, `${queue.waiting} waiting`)),
          queue.longestWait !== null && h("p", { class: "small" }, `The oldest waits for ${duration(queue.longestWait)}`),
          queue.items.length > 0 && h("ul", { class: "items" }, queue.items.map(item)),
          queue.waiting > queue.items.length && queue.items.length > 0 && h("p", { class: "small" }, `${queue.waiting - queue.items.length} more`),
          actions(now, "QueuesBacklog", { ManageQueues: { label: "Members", act: () => void members(now, queue.id, queue.name) } }, queue.name),
        ),
      );
}

async function members(now: Sight, id: string, name: string): Promise<void> {
  const has = now.agents.filter((rep) => rep.queues.includes(name));
  const chosen = await question<string[]>(`Members of ${name}`, (answer) => {
    const boxes = now.agents.map((rep) => ({ rep, box: h("input", { type: "checkbox", checked: has.includes(rep) }) }));
    return h(
      "form",
      {
        onsubmit: (event) => {
          event.preventDefault();
          answer(boxes.filter(({ box }) => box.checked).map(({ rep }) => rep.id));
        },
      },
      boxes.map(({ rep, box }) => h("label", { class: "check" }, box, rep.name)),
      h("button", { class: "primary" }, "Change"),
    );
  });
  if (!chosen) return;
  const add = chosen.filter((rep) => !has.some((each) => each.id === rep));
  const remove = has.map((rep) => rep.id).filter((rep) => !chosen.includes(rep));
  if (add.length + remove.length > 0) await supervise({ action: "manageQueues", queue: id, add, remove });
}

function item(each: Item): Child {
  const isOpen = open.has(each.workItemId);
  const why = open.get(each.workItemId);
  return h(
    "li",
    {},
    h("strong", {}, each.title ?? `${each.object ?? "Record"} ${each.workItemId}`),
    ` since ${timeOf(each.since)} `,
    h(
      "button",
      {
        type: "button",
        class: "quiet",
        key: `why ${each.workItemId}`,
        "aria-expanded": String(isOpen),
        "aria-label": `Why does ${each.title ?? each.workItemId} wait?`,
        onclick: () => {
          if (isOpen) open.delete(each.workItemId);
          else {
            open.set(each.workItemId, undefined);
            void explain(each.workItemId);
          }
          render();
        },
      },
      "Why does it wait?",
    ),
    why &&
      h(
        "div",
        { class: "why" },
        h("p", {}, `${why.summary}.`),
        why.missingSkills.length > 0 && h("p", {}, `Nobody has the skills ${why.missingSkills.join(", ")}.`),
        why.reps.length > 0 && h("ul", {}, why.reps.map((group) => h("li", {}, `${group.users.join(", ")}: ${group.why}`))),
        why.ahead.length > 0 && h("ul", {}, why.ahead.map((other) => h("li", {}, `${other.workItemId} ${other.why}`))),
        why.timers.length > 0 && h("ul", {}, why.timers.map((timer) => h("li", {}, `${timeOf(timer.at)}: ${timer.what}`))),
      ),
  );
}

async function explain(workItemId: string): Promise<void> {
  const session = page.session;
  if (!session) return;
  try {
    const why = (await ask("GET", `/omnic/v1/console/why?workItemId=${workItemId}`, { token: session.token })) as Why;
    if (open.has(workItemId)) open.set(workItemId, why);
    render();
  } catch (error) {
    open.delete(workItemId);
    shell.fail(error);
  }
}

function skills(now: Sight): Child {
  return table("Skills", ["Skill", "Waiting"], now.skills.map((skill) => [skill.name, skill.waiting]), "This configuration shows no skills.");
}

function work(now: Sight): Child {
  return table(
    "Assigned work",
    ["Item", "Object", "Rep", "Queue", "Status", "Since", "Flag", "Actions"],
    now.work.map((each) => {
      const whose = each.title ?? each.workItemId;
      const flag = each.isFlagged
        ? h("button", { type: "button", key: `lower ${each.workId}`, "aria-label": `Lower the flag: ${whose}`, onclick: () => void supervise({ action: "lowerFlag", workId: each.workId }) }, "Lower the flag")
        : h("button", { type: "button", key: `raise ${each.workId}`, "aria-label": `Raise a flag: ${whose}`, onclick: () => void raise(each) }, "Raise a flag");
      return [whose, each.object, each.userName, each.queue ?? "–", each.status, each.openedAt ? timeOf(each.openedAt) : each.assignedAt ? timeOf(each.assignedAt) : "–", each.isFlagged ? `⚑ ${each.flagMessage ?? ""}` : "–", h("div", { class: "buttons" }, flag)];
    }),
    "No rep who is shown has work.",
  );
}

async function raise(each: Work): Promise<void> {
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
      h("label", { for: "flag-message" }, "Message to the rep (optional)"),
      input,
      h("button", { class: "primary" }, "Raise"),
    );
  });
  if (message !== undefined) await supervise({ action: "raiseFlag", workId: each.workId, ...(message === "" ? {} : { message }) });
}

function tick(): void {
  for (const element of document.querySelectorAll<HTMLElement>("[data-since]")) {
    const text = ` for ${duration(-clock.until(element.dataset["since"] ?? ""))}`;
    if (element.textContent !== text) element.textContent = text;
  }
}
setInterval(tick, 1_000);

page.begin();
