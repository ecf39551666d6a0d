// An external routing adapter: it listens to requests for routing and gives each to the rep with the least work.
//
// Events say when to look, records say what is true: each decision reads the records, so that an event that is late, or
// comes twice, does no harm. The README explains the parts.
import { setTimeout as sleep } from "node:timers/promises";
import jsforce from "jsforce";
import { load, save, type State } from "./state.js";

export interface Settings {
  loginUrl: string;
  username: string;
  password: string;
  /** Where the adapter keeps its replay id and the requests that wait. */
  stateFile: string;
  /** Milliseconds until something that failed is tried again. */
  retryMs?: number;
  log?: (line: string) => void;
}

/** From 50.0 the guide lists `PendingServiceRoutingId` of `AgentWork`; 64.0 is the last version that has `login()`. */
const VERSION = "60.0";

const REQUESTS = "/topic/AdapterRequests";

/** The PushTopics, by their channels. What is not selected or filtered by does not fire them. */
const TOPICS: Record<string, string> = {
  [REQUESTS]: "SELECT Id, Serial, IsPushed FROM PendingServiceRouting WHERE RoutingModel = 'ExternalRouting'",
  "/topic/AdapterPresence": "SELECT Id, UserId, IsAway, IsCurrentState FROM UserServicePresence",
  "/topic/AdapterWork": "SELECT Id, UserId, Status FROM AgentWork",
};

/** Requests that may be given to a rep now. */
const WAITS = "RoutingModel = 'ExternalRouting' AND IsReadyForRouting = true AND IsPushed = false";

/** Errors by which an org refuses work for a rep: another rep may get it. Any other error is one of the connection. */
const REFUSALS = ["FIELD_INTEGRITY_EXCEPTION", "INVALID_CROSS_REFERENCE_KEY"];

interface Request {
  Id: string;
  WorkItemId: string;
  ServiceChannelId: string;
  PreferredUserId: string | null;
}

interface Rep {
  id: string;
  /** Since when the rep has the present status. */
  since: number;
  /** How many items the rep has been offered or works on. */
  items: number;
}

export class Adapter {
  #settings;
  #state: State;
  /** The records of what waits have yet to be read: until then, there is no position to go on from. */
  #isNew: boolean;
  #org = new jsforce.Connection();
  /** Requests of the pass that is under way: no longer in `waiting`, and not routed yet. */
  #inHand = new Set<string>();
  #again = false;
  #pass?: Promise<void>;
  #stopped = false;
  #fail: (reason: Error) => void = () => {};
  #run?: Promise<void>;

  constructor(settings: Settings) {
    this.#settings = { retryMs: 5000, log: () => {}, ...settings };
    this.#state = load(settings.stateFile);
    this.#isNew = this.#state.replayId === undefined;
  }

  start(): void {
    this.#run = this.#listenAlways();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#fail(new Error("stopped"));
    await this.#run;
    await this.#pass;
  }

  /** Whatever ends the stream: log in and listen again. */
  async #listenAlways(): Promise<void> {
    while (!this.#stopped) {
      try {
        await this.#listen();
      } catch (error) {
        if (this.#stopped) return;
        this.#settings.log(`listening ended: ${error}`);
        // The position is too old, or from before a data recovery: nothing that was known applies.
        if (String(error).includes("replayId")) {
          this.#isNew = true;
          this.#keep(undefined, []);
        }
        await sleep(this.#settings.retryMs);
      }
    }
  }

  /** Subscribes, and then waits for the error that ends the stream. */
  async #listen(): Promise<never> {
    const { loginUrl, username, password, log } = this.#settings;
    this.#org = new jsforce.Connection({ loginUrl, version: VERSION });
    await this.#org.login(username, password); // From now on jsforce renews the session of REST calls by itself.
    await this.#makeTopics();
    let fail!: (reason: Error) => void;
    const failed = new Promise<never>((_, reject) => (fail = reject));
    failed.catch(() => {});
    this.#fail = fail;
    const extension = { outgoing: this.#addReplayId, incoming: this.#watch(fail) };
    const client = this.#org.streaming.createClient([extension]) as any; // jsforce's types leave most of it out.
    // A connection that breaks may take events with it. The client would go on without them, so begin at the position.
    client.on("transport:down", () => fail(new Error("the connection broke")));
    try {
      const listeners = Object.keys(TOPICS).map((channel) =>
        client.subscribe(channel, channel === REQUESTS ? this.#onRequest : () => this.#route()),
      );
      await Promise.race([failed, Promise.all(listeners)]);
      if (this.#isNew) {
        const waiting = await this.#all<Request>(`SELECT Id FROM PendingServiceRouting WHERE ${WAITS}`);
        this.#isNew = false;
        this.#keep(this.#state.replayId, [...this.#state.waiting, ...waiting.map(({ Id }) => Id)]);
        log(`read the records: ${waiting.length} requests wait`);
      }
      log("listening");
      this.#route();
      return await failed;
    } finally {
      await Promise.race([client.disconnect(), sleep(1000)]);
      client._dispatcher.close(); // If the org cannot be reached, the client would go on trying.
    }
  }

  async #makeTopics(): Promise<void> {
    for (const [channel, Query] of Object.entries(TOPICS)) {
      const Name = channel.slice("/topic/".length);
      if (await this.#org.sobject("PushTopic").findOne({ Name })) continue;
      const fields = { Name, Query, ApiVersion: Number(VERSION), NotifyForFields: "Referenced" };
      await this.#org.sobject("PushTopic").create(fields);
    }
  }

  /** Each subscription to requests, also one that the client repeats by itself, begins after the last event. */
  #addReplayId = (message: any, next: (message: any) => void): void => {
    if (message.subscription === REQUESTS) message.ext = { replay: { [REQUESTS]: this.#state.replayId ?? -1 } };
    next(message);
  };

  /** The client shakes hands again by itself when it is unknown (403). Other errors need a new client and session. */
  #watch(fail: (reason: Error) => void) {
    return (message: any, next: (message: any) => void): void => {
      const reason: string = message.ext?.sfdc?.failureReason ?? message.error ?? "";
      const isSubscribe = message.channel === "/meta/subscribe";
      if (message.successful === false && (isSubscribe || reason.startsWith("401"))) fail(new Error(reason));
      if (message.successful && isSubscribe) this.#route(); // Events of the other topics may be missing.
      next(message);
    };
  }

  #onRequest = ({ event, sobject }: any): void => {
    if (event.replayId <= (this.#state.replayId ?? -1)) return;
    const { waiting } = this.#state;
    if (event.type !== "deleted" && !sobject.IsPushed) waiting.add(sobject.Id);
    else waiting.delete(sobject.Id);
    this.#keep(event.replayId, waiting);
    this.#route();
  };

  #keep(replayId: number | undefined, waiting: Iterable<string>): void {
    this.#state = { replayId, waiting: new Set(waiting) };
    save(this.#settings.stateFile, this.#isNew ? undefined : replayId, new Set([...waiting, ...this.#inHand]));
  }

  /** Routes what waits. What comes while that is under way is routed right after. */
  #route(): void {
    this.#again = true;
    this.#pass ??= this.#passes();
  }

  async #passes(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false;
      // Taken out before the records are read: a decline that comes meanwhile puts a request in again.
      this.#inHand = new Set(this.#state.waiting);
      this.#state.waiting.clear();
      try {
        await this.#routeInHand();
      } catch (error) {
        this.#settings.log(`routing failed: ${error}`);
        await sleep(this.#settings.retryMs);
        this.#again = true;
      }
      const left = new Set([...this.#inHand, ...this.#state.waiting]);
      this.#inHand.clear();
      this.#keep(this.#state.replayId, left);
    }
    this.#pass = undefined;
  }

  /** Leaves in hand what nobody could take. */
  async #routeInHand(): Promise<void> {
    if (this.#inHand.size === 0) return;
    const fields = "Id, WorkItemId, ServiceChannelId, PreferredUserId";
    const requests = await this.#all<Request>(
      `SELECT ${fields} FROM PendingServiceRouting WHERE ${WAITS} ORDER BY RoutingPriority NULLS LAST, CreatedDate, Id`,
    );
    const waiting = requests.filter(({ Id }) => this.#inHand.has(Id));
    // The others were routed, or do not need routing.
    this.#inHand = new Set(waiting.map(({ Id }) => Id));
    let reps = waiting.length ? await this.#reps() : [];
    for (const request of waiting) {
      if (reps.length === 0) break;
      for (const rep of await this.#candidates(request, reps)) {
        if (await this.#assign(request, rep)) {
          rep.items += 1;
          this.#inHand.delete(request.Id);
          break;
        }
        // Not asked again in this pass. Whatever the reason was, its end is an event, and begins the next one.
        reps = reps.filter((other) => other !== rep);
      }
    }
  }

  /** Who is online, and how much each has to do. */
  async #reps(): Promise<Rep[]> {
    const present =
      "SELECT UserId, StatusStartDate FROM UserServicePresence WHERE IsCurrentState = true AND IsAway = false";
    const busy = "SELECT UserId, COUNT(Id) items FROM AgentWork WHERE Status IN ('Assigned', 'Opened') GROUP BY UserId";
    const items = new Map((await this.#all<any>(busy)).map((row) => [row.UserId, row.items]));
    return (await this.#all<any>(present)).map(({ UserId, StatusStartDate }) => ({
      id: UserId,
      since: Date.parse(StatusStartDate),
      items: items.get(UserId) ?? 0,
    }));
  }

  /** Who may get a request, the best first. Who declined or handed on the work in their present status may not. */
  async #candidates({ WorkItemId, PreferredUserId }: Request, reps: Rep[]): Promise<Rep[]> {
    const gaveBack = await this.#all<any>(
      `SELECT UserId, LastModifiedDate FROM AgentWork WHERE WorkItemId = '${WorkItemId}' ` +
        "AND Status IN ('Declined', 'DeclinedOnPushTimeout', 'Transferred')",
    );
    const hadIt = (rep: Rep) =>
      gaveBack.some((work) => work.UserId === rep.id && Date.parse(work.LastModifiedDate) >= rep.since);
    const rank = (rep: Rep) => (rep.id === PreferredUserId ? -1 : rep.items);
    return reps.filter((rep) => !hadIt(rep)).sort((a, b) => rank(a) - rank(b) || a.id.localeCompare(b.id));
  }

  /** Creates the `AgentWork`; false if the org does not let this rep have it: no capacity, gone offline. */
  async #assign({ Id, WorkItemId, ServiceChannelId }: Request, rep: Rep): Promise<boolean> {
    try {
      const work = { ServiceChannelId, WorkItemId, UserId: rep.id, PendingServiceRoutingId: Id };
      await this.#org.sobject("AgentWork").create(work);
      this.#settings.log(`${WorkItemId} goes to ${rep.id}`);
      return true;
    } catch (error) {
      if (!REFUSALS.includes((error as { errorCode?: string }).errorCode ?? "")) throw error;
      this.#settings.log(`${rep.id} cannot take ${WorkItemId}: ${error}`);
      return false;
    }
  }

  async #all<T extends object>(soql: string): Promise<T[]> {
    const { records } = await this.#org.query<T>(soql, { autoFetch: true, maxFetch: 1_000_000 });
    return records as T[];
  }
}
