//! A law: whatever clients do, by events and by writes of records, comes to what `omnic run` makes of the events that the
//! server exports.

use omnic::serve::ids::Id;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::client::Server;
use crate::played::{Shown, played};

const REPS: [(&str, &str); 6] = [
    ("maria.keller", "Available_Cases"),
    ("elena.costa", "Available_Cases"),
    ("claire.dubois", "Available_Cases"),
    ("nina.petrova", "Available_Leads"),
    ("aisha.rahman", "Available_Digital"),
    ("tom.becker", "Busy"),
];
const QUEUES: [(&str, &str); 5] = [
    ("Cases_Tier_1", "Case"),
    ("Cases_Tier_2", "Case"),
    ("Partner_Repairs", "Case"),
    ("Leads_Inbound", "Lead"),
    ("Messaging_Support", "MessagingSession"),
];
const STATUSES: [&str; 4] = ["New", "Working", "Escalated", "Closed"];

/// What a client does next: which kind of thing, and three numbers that say which one.
type Step = (u8, u8, u8, u8);

/// A record that there was.
struct Item {
    name: String,
    object: &'static str,
    /// Its id for REST; none if only events name it.
    id: Option<String>,
}

struct Client<'s> {
    server: &'s Server,
    items: Vec<Item>,
    /// Answers to posted events, with the events that the history had before and after.
    answers: Vec<(usize, usize, Vec<Value>)>,
    writes: usize,
}

fn pick<T>(all: &[T], number: u8) -> &T {
    &all[usize::from(number) % all.len()]
}

fn user(number: u8) -> String {
    format!("{}@acme.example", pick(&REPS, number).0)
}

impl Client<'_> {
    fn history(&self) -> usize {
        self.server.control("GET", "events", &Value::Null).body.lines().count()
    }

    /// Posts an event, which may be refused.
    fn event(&mut self, path: &str, event: &Value) {
        let before = self.history();
        let answer = self.server.control("POST", path, event);
        assert_eq!(answer.status, 200, "{event}: {}", answer.body);
        let effects = answer.json()["effects"].as_array().unwrap().clone();
        self.answers.push((before, self.history(), effects));
    }

    /// Writes a record, which may be refused.
    fn write(&mut self, method: &str, path: &str, body: &Value) -> Option<String> {
        let answer = self.server.rest(method, path, body);
        assert!(answer.status < 500, "{method} {path} {body}: {}", answer.body);
        self.writes += usize::from(answer.status < 300);
        (answer.status == 201).then(|| answer.json()["id"].as_str().unwrap().to_owned())
    }

    fn step(&mut self, (kind, a, b, c): Step) {
        let (queue, object) = *pick(&QUEUES, a);
        let status = *pick(&STATUSES, b);
        let number = self.items.len();
        match kind % 18 {
            0 => self.event("clock", &json!({ "advanceSeconds": u32::from(a) * 4 })),
            1 => {
                let event = json!({ "event": "login", "user": user(a), "statusId": pick(&REPS, a).1 });
                self.event("events", &event);
            }
            2 => self.event("events", &json!({ "event": "logout", "user": user(a) })),
            3 => {
                // By a name of its own, or by an id.
                let id = b.is_multiple_of(2).then(|| Id::numbered("500", 5_000 + number as u64).to_string());
                let id = id.filter(|_| object == "Case");
                let name = id.clone().unwrap_or_else(|| format!("item-{number}"));
                let event = json!({ "event": "workArrived", "workItemId": name, "object": object,
                    "fields": { "Status": "New" }, "route": { "queue": queue } });
                self.event("events", &event);
                self.items.push(Item { name, object, id });
            }
            4 | 5 => {
                let owner = self.server.queue(queue);
                let fields = match object {
                    "Lead" => json!({ "LastName": "L", "Company": "C", "OwnerId": owner }),
                    _ => json!({ "Status": "New", "OwnerId": owner }),
                };
                if let Some(id) = self.write("POST", &format!("/sobjects/{object}"), &fields) {
                    self.items.push(Item { name: id.clone(), object, id: Some(id) });
                }
            }
            6 => {
                let fields = if a.is_multiple_of(2) {
                    json!({})
                } else {
                    json!({ "OwnerId": self.server.user(pick(&REPS, b).0) })
                };
                if let Some(id) = self.write("POST", "/sobjects/Case", &fields) {
                    self.items.push(Item { name: id.clone(), object: "Case", id: Some(id) });
                }
            }
            7 => {
                let (group, member) = (self.server.queue(queue), self.server.user(pick(&REPS, b).0));
                let fields = json!({ "GroupId": group, "UserOrGroupId": member });
                if let Some(id) = self.write("POST", "/sobjects/GroupMember", &fields)
                    && c.is_multiple_of(2)
                {
                    self.write("DELETE", &format!("/sobjects/GroupMember/{id}"), &Value::Null);
                }
            }
            8 => {
                let event =
                    json!({ "event": "setServicePresenceStatus", "user": user(a), "statusId": pick(&REPS, b).1 });
                self.event("events", &event);
            }
            16 | 17 => {
                // A partner gives what waits to a rep.
                let waiting = self.server.query(
                    "SELECT Id, WorkItemId, ServiceChannelId FROM PendingServiceRouting \
                     WHERE RoutingModel = 'ExternalRouting' AND IsPushed = false ORDER BY Id",
                );
                if !waiting.is_empty() {
                    let request = pick(&waiting, a);
                    let fields = json!({
                        "PendingServiceRoutingId": request["Id"], "WorkItemId": request["WorkItemId"],
                        "ServiceChannelId": request["ServiceChannelId"], "UserId": self.server.user(pick(&REPS, b).0),
                    });
                    self.write("POST", "/sobjects/AgentWork", &fields);
                }
            }
            _ if self.items.is_empty() => {}
            kind => {
                let Item { name, object, id } = pick(&self.items, c);
                let (name, path) = (name.clone(), id.as_ref().map(|id| format!("/sobjects/{object}/{id}")));
                match (kind, path) {
                    (9 | 10, _) => self.event("events", &json!({ "event": "acceptAgentWork", "workId": name })),
                    (11, _) => self.event("events", &json!({ "event": "declineAgentWork", "workId": name })),
                    (12, _) => self.event("events", &json!({ "event": "closeAgentWork", "workId": name })),
                    (13, Some(path)) => {
                        let fields = match a % 3 {
                            0 => json!({ "Status": status }),
                            1 => json!({ "Status": status, "OwnerId": self.server.queue(queue) }),
                            _ => json!({ "OwnerId": self.server.user(pick(&REPS, a).0) }),
                        };
                        self.write("PATCH", &path, &fields);
                    }
                    (14, Some(path)) => drop(self.write("DELETE", &path, &Value::Null)),
                    (13 | 14, None) => {
                        let fields = json!({ "Status": status });
                        self.event(
                            "events",
                            &json!({ "event": "workItemUpdated", "workItemId": name, "fields": fields }),
                        );
                    }
                    _ => {
                        let owner =
                            if a.is_multiple_of(2) { json!({ "queue": queue }) } else { json!({ "user": user(b) }) };
                        self.event("events", &json!({ "event": "ownerChanged", "workItemId": name, "owner": owner }));
                    }
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn a_server_does_what_a_run_of_its_events_does(steps in prop::collection::vec(any::<Step>(), 10..60)) {
        let server = Server::start();
        server.control("POST", "clock", &json!({ "set": "2027-01-01T08:00:00Z" }));
        let mut client = Client { server: &server, items: Vec::new(), answers: Vec::new(), writes: 0 };
        for (rep, status) in &REPS[..4] {
            client.event("events", &json!({ "event": "login", "user": format!("{rep}@acme.example"), "statusId": status }));
        }
        for step in steps {
            client.step(step);
        }
        let exported = server.control("GET", "events", &Value::Null).body;
        let (expected, runtime) = played(&exported);
        let shown = Shown::by(&server);
        println!("{} events, {} of them posted, {} writes", exported.lines().count(), client.answers.len(), client.writes);
        for (before, after, effects) in &client.answers {
            let expected: Vec<Value> = expected[*before..*after].iter().flatten().map(|effect| shown.effect(effect)).collect();
            let effects: Vec<&Value> = effects.iter().filter(|effect| effect["effect"] != "refused").collect();
            prop_assert_eq!(effects, expected.iter().collect::<Vec<_>>());
        }
        // Writes of records tell no effects: what they came to is in the state.
        let state = server.control("GET", "state", &Value::Null).json();
        prop_assert_eq!(&state["routing"], &serde_json::to_value(runtime.save()).unwrap());
    }
}
