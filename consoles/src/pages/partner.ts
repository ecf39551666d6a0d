// The page of a routing partner: requests that wait for its decision, the work that it gave, and the streaming events with their ids.
import { REST, ServerError, ask, query, type Fields, type Session } from "../common/api.ts";
import { Cometd, type StreamEvent } from "../common/cometd.ts";
import { clock as timeOf, h, show, type Child } from "../common/dom.ts";
import { Shell, keep, kept, signInForm, signOut } from "../common/page.ts";

const shell = new Shell("Routing partner");
const requests = h("div", {});
const works = h("div", {});
const log = h("ol", { class: "log", tabindex: 0, "aria-label": "Streaming events, the latest first" });
const streamState = h("p", { class: "small", role: "status" });
const events: StreamEvent[] = [];
let session: Session | undefined;
let client: Cometd | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

/** The topic of the guide: requests with external routing. */
const TOPIC = {
  Name: "OmnicPartnerPage",
  Query:
    "SELECT Id, WorkItemId, QueueId, Serial, RoutingModel, RoutingPriority, CapacityWeight, CapacityPercentage, ServiceChannelId, IsReadyForRouting, IsPushed " +
    "FROM PendingServiceRouting WHERE RoutingModel = 'ExternalRouting'",
  ApiVersion: 60,
  NotifyForOperationCreate: true,
  NotifyForOperationUpdate: true,
  NotifyForOperationDelete: true,
  NotifyForFields: "All",
};

async function doing<T>(act: (session: Session) => Promise<T>): Promise<T | undefined> {
  if (!session) return undefined;
  try {
    return await act(session);
  } catch (error) {
    if (error instanceof ServerError && error.isExpired) leave(true);
    else shell.fail(error);
    return undefined;
  }
}

function leave(isExpired: boolean): void {
  client?.stop();
  client = undefined;
  keep(undefined);
  session = undefined;
  clearTimeout(timer);
  shell.connection(isExpired ? "expired" : "none");
  shell.who(undefined, () => undefined);
  show(shell.main, signInForm("Sign in as a user whose API access the partner has.", enter));
}

function enter(next: Session): void {
  session = next;
  shell.who(`${next.name} (${next.username})`, () => {
    void signOut(next).catch((error: unknown) => shell.fail(error));
    leave(false);
  });
  const from = h("input", { id: "replay", type: "number", value: "-1", min: -2 });
  show(
    shell.main,
    h(
      "div",
      { class: "columns" },
      h("section", { class: "card wide", "aria-labelledby": "requests-title" }, h("h2", { id: "requests-title" }, "Requests for external routing"), requests),
      h("section", { class: "card wide", "aria-labelledby": "works-title" }, h("h2", { id: "works-title" }, "Work with reps"), works),
      h(
        "section",
        { class: "card wide", "aria-labelledby": "stream-title" },
        h("h2", { id: "stream-title" }, "Streaming events"),
        h(
          "form",
          {
            class: "line",
            onsubmit: (event) => {
              event.preventDefault();
              void subscribe(Number(from.value));
            },
          },
          h("label", { for: "replay" }, "Replay id: -1 for new events, -2 for all that are retained"),
          from,
          h("button", { class: "primary" }, "Subscribe"),
        ),
        streamState,
        log,
      ),
    ),
  );
  void refresh();
}

async function subscribe(from: number): Promise<void> {
  await doing(async ({ token }) => {
    const known = await query(token, `SELECT Id FROM PushTopic WHERE Name = '${TOPIC.Name}'`);
    if (known.length === 0) await ask("POST", `${REST}/sobjects/PushTopic`, { token, body: TOPIC });
    client?.stop();
    events.length = 0;
    showLog();
    const next = new Cometd(
      token,
      `/topic/${TOPIC.Name}`,
      from,
      (event) => {
        events.unshift(event);
        events.length = Math.min(events.length, 300);
        showLog();
        clearTimeout(timer);
        timer = setTimeout(() => void refresh(), 50);
      },
      (what, isWrong) => {
        streamState.textContent = what;
        streamState.classList.toggle("problem", isWrong);
      },
    );
    client = next;
    void next.run();
  });
}

function showLog(): void {
  show(log, events.map((event) => h("li", {}, h("time", {}, event.at ? timeOf(event.at) : ""), " ", h("strong", {}, `replay id ${event.replayId}`), ` ${event.type} `, h("span", { class: "json" }, JSON.stringify(event.fields)))));
}

function table(caption: string, heads: string[], rows: Child[][], empty: string): Child {
  if (rows.length === 0) return h("p", { class: "empty" }, empty);
  return h(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": `${caption}: table` },
    h("table", {}, h("caption", { class: "unseen" }, caption), h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))), h("tbody", {}, rows.map((cells) => h("tr", {}, cells.map((cell, at) => (at === 0 ? h("th", { scope: "row" }, cell) : h("td", {}, cell))))))),
  );
}

let lastShown = "";

async function refresh(): Promise<void> {
  clearTimeout(timer);
  await doing(async ({ token }) => {
    const pending = await query(
      token,
      "SELECT Id, WorkItemId, Group.DeveloperName, RoutingPriority, CapacityWeight, CapacityPercentage, ServiceChannelId, IsPushed, Serial, CreatedDate FROM PendingServiceRouting WHERE RoutingModel = 'ExternalRouting' ORDER BY RoutingPriority, CreatedDate LIMIT 200",
    );
    const given = await query(
      token,
      "SELECT Id, WorkItemId, User.Name, Status, CapacityWeight, PendingServiceRoutingId, AssignedDateTime FROM AgentWork WHERE Status IN ('Assigned', 'Opened') ORDER BY Id LIMIT 200",
    );
    const online = await query(token, "SELECT UserId, User.Name, ServicePresenceStatus.MasterLabel FROM UserServicePresence WHERE IsCurrentState = true AND IsAway = false LIMIT 200");
    shell.connection("live");
    const now = JSON.stringify([pending, given, online]);
    if (now === lastShown && requests.firstChild) return;
    lastShown = now;
    const name = (value: unknown, field: string): string => (value !== null && typeof value === "object" ? String((value as Fields)[field] ?? "–") : "–");
    show(
      requests,
      table(
        "Requests for external routing",
        ["Request", "Work item", "Queue", "Priority", "Cost", "Since", "Pushed", "Give to"],
        pending.map((row) => {
          const to = h("select", { "aria-label": `Rep for ${String(row["WorkItemId"])}`, key: `to ${String(row["Id"])}` }, online.map((rep) => h("option", { value: String(rep["UserId"]) }, `${name(rep["User"], "Name")} (${name(rep["ServicePresenceStatus"], "MasterLabel")})`)));
          const give = h("button", { type: "button", key: `give ${String(row["Id"])}`, disabled: online.length === 0, "aria-label": `Give ${String(row["WorkItemId"])} to the rep`, onclick: () => void assign(row, to.value) }, "Give");
          return [
            String(row["Id"]),
            String(row["WorkItemId"]),
            name(row["Group"], "DeveloperName"),
            String(row["RoutingPriority"] ?? "–"),
            row["CapacityWeight"] !== null ? String(row["CapacityWeight"]) : `${String(row["CapacityPercentage"] ?? "–")} %`,
            timeOf(String(row["CreatedDate"])),
            row["IsPushed"] === true ? "yes" : "no",
            row["IsPushed"] === true ? "–" : online.length === 0 ? "nobody is online" : h("div", { class: "line" }, to, give),
          ];
        }),
        "No request waits for a partner.",
      ),
    );
    show(
      works,
      table(
        "Work with reps",
        ["AgentWork", "Work item", "Rep", "Status", "Cost", "Since"],
        given.map((row) => [String(row["Id"]), String(row["WorkItemId"]), name(row["User"], "Name"), String(row["Status"]), String(row["CapacityWeight"] ?? "–"), row["AssignedDateTime"] ? timeOf(String(row["AssignedDateTime"])) : "–"]),
        "No rep has work.",
      ),
    );
  });
  // What others do is seen without a subscription, too.
  if (session) timer = setTimeout(() => void refresh(), 3_000);
}

async function assign(row: Fields, user: string): Promise<void> {
  await doing(async ({ token }) => {
    const body = { WorkItemId: row["WorkItemId"], ServiceChannelId: row["ServiceChannelId"], PendingServiceRoutingId: row["Id"], UserId: user };
    await ask("POST", `${REST}/sobjects/AgentWork`, { token, body });
    shell.say("The work was given to the rep.");
  });
  void refresh();
}

const known = kept();
if (known) enter(known);
else leave(false);
