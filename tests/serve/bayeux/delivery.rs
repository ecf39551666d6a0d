//! Each event reaches each live subscription once and in order, however clients connect.

use std::collections::BTreeMap;

use jiff::Timestamp;
use omnic::serve::bayeux::{
    Answer, Auth, Bayeux, BayeuxOptions, Body, EventKind, Handled, HoldId, Reply, Request, Retention, Topic, When,
};
use proptest::prelude::*;
use serde_json::{Value, json};

const TEXTS: [&str; 4] = ["/topic/A", "/topic/B", "/topic/A?N=1", "/topic/A?N=0&N=2"];

#[derive(Clone, Debug)]
enum Step {
    Handshake,
    /// Client, index into `TEXTS`, with -2.
    Subscribe(usize, usize, bool),
    Unsubscribe(usize, usize),
    /// Client; with another message in the same request.
    Connect(usize, bool),
    /// To channel A or B, so many.
    Publish(bool, u8),
    /// True if the answers cannot be sent, and are given back.
    Flush(bool),
    Pass(u64),
    Break(usize),
    Wipe,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        2 => Just(Step::Handshake),
        4 => (0..4usize, 0..4usize, any::<bool>()).prop_map(|(client, text, all)| Step::Subscribe(client, text, all)),
        2 => (0..4usize, 0..4usize).prop_map(|(client, text)| Step::Unsubscribe(client, text)),
        6 => (0..4usize, any::<bool>()).prop_map(|(client, beside)| Step::Connect(client, beside)),
        6 => (any::<bool>(), 1..6u8).prop_map(|(channel, count)| Step::Publish(channel, count)),
        4 => any::<bool>().prop_map(Step::Flush),
        2 => (0..150_000u64).prop_map(Step::Pass),
        1 => (0..4usize).prop_map(Step::Break),
        1 => Just(Step::Wipe),
    ]
}

/// What a subscription is to get, and what it got.
#[derive(Debug, Default)]
struct Mail {
    expected: Vec<u64>,
    got: Vec<u64>,
}

struct World {
    bayeux: Bayeux,
    real_ms: u64,
    clients: Vec<String>,
    held: BTreeMap<HoldId, usize>,
    /// By client and text.
    mail: BTreeMap<(usize, usize), Mail>,
    /// Channel, id, value of N; what is retained.
    published: Vec<(bool, u64, u64)>,
}

impl World {
    fn new() -> Self {
        let options = BayeuxOptions { reconnect_ms: u64::MAX / 2, events_per_answer: 3, ..BayeuxOptions::default() };
        let mut bayeux = Bayeux::new(options);
        for channel in ["/topic/A", "/topic/B"] {
            let fields = vec!["Id".into(), "N".into()];
            bayeux.add_topic(Topic { channel: channel.into(), fields, retention: Retention::Day });
        }
        Self {
            bayeux,
            real_ms: 0,
            clients: Vec::new(),
            held: BTreeMap::new(),
            mail: BTreeMap::new(),
            published: Vec::new(),
        }
    }

    fn when(&self) -> When {
        When { real_ms: self.real_ms, org: Timestamp::UNIX_EPOCH }
    }

    fn passes(text: usize, channel: bool, n: u64) -> bool {
        match text {
            0 => channel,
            1 => !channel,
            2 => channel && n == 1,
            _ => channel && n != 1,
        }
    }

    /// Returns the replies.
    fn request(&mut self, body: &Value) -> Vec<Value> {
        let body = body.to_string();
        let request = Request {
            auth: Auth::User("005"),
            path: "/cometd/66.0",
            cookie: Some("b"),
            cookie_optional: false,
            body: body.as_bytes(),
            entropy: [7; 32],
        };
        let Handled { reply, released } = self.bayeux.handle(&request, self.when());
        for release in released {
            self.held.remove(&release.hold).expect("a held request");
            self.read(&release.answer);
        }
        match reply {
            Reply::Now(answer) => self.read(&answer),
            Reply::Hold { hold, .. } => {
                let client = serde_json::from_str::<Value>(&body).unwrap()[0]["clientId"].clone();
                let client = self.clients.iter().position(|known| client == **known).unwrap();
                self.held.insert(hold, client);
                Vec::new()
            }
        }
    }

    fn read(&mut self, answer: &Answer) -> Vec<Value> {
        assert_eq!(answer.status, 200);
        let messages: Vec<Value> = serde_json::from_str(&answer.body).unwrap();
        let (events, replies): (Vec<_>, Vec<_>) =
            messages.into_iter().partition(|message| message.get("data").is_some());
        for event in events {
            let client = self.clients.iter().position(|known| event["clientId"] == **known).unwrap();
            let text = TEXTS.iter().position(|text| event["channel"] == **text).unwrap();
            let id = event["data"]["event"]["replayId"].as_u64().expect("an integer");
            self.mail.get_mut(&(client, text)).expect("a subscription").got.push(id);
        }
        assert!(replies.iter().all(|reply| reply["successful"] == true), "{replies:?}");
        replies
    }

    fn play(&mut self, step: &Step) {
        let client = |at: usize, world: &Self| (at < world.clients.len()).then(|| world.clients[at].clone());
        match *step {
            Step::Handshake if self.clients.len() < 4 => {
                let replies = self.request(&json!([{"channel": "/meta/handshake"}]));
                self.clients.push(replies[0]["clientId"].as_str().unwrap().to_owned());
            }
            Step::Handshake => {}
            Step::Subscribe(at, text, all) => {
                let Some(id) = client(at, self) else { return };
                if self.mail.contains_key(&(at, text)) {
                    return;
                }
                let retained = self.published.iter().filter(|&&(channel, _, n)| all && Self::passes(text, channel, n));
                let expected = retained.map(|&(_, id, _)| id).collect();
                self.mail.insert((at, text), Mail { expected, got: Vec::new() });
                let channel = TEXTS[text].split('?').next().unwrap();
                let ext = if all { json!({"replay": {channel: -2}}) } else { Value::Null };
                self.request(
                    &json!([{"channel": "/meta/subscribe", "clientId": id, "subscription": TEXTS[text], "ext": ext}]),
                );
            }
            Step::Unsubscribe(at, text) => {
                let Some(id) = client(at, self) else { return };
                let subscription = TEXTS[text];
                self.request(&json!([{"channel": "/meta/unsubscribe", "clientId": id, "subscription": subscription}]));
                if let Some(Mail { expected, got }) = self.mail.remove(&(at, text)) {
                    assert!(expected.starts_with(&got), "{subscription}: {expected:?} {got:?}");
                }
            }
            Step::Connect(at, beside) => {
                let Some(id) = client(at, self) else { return };
                let connect = json!({"channel": "/meta/connect", "clientId": id, "connectionType": "long-polling"});
                let other = json!({"channel": "/meta/unsubscribe", "clientId": id, "subscription": "/topic/C"});
                let body = if beside { json!([connect, other]) } else { json!([connect]) };
                self.request(&body);
            }
            Step::Publish(channel, count) => {
                for _ in 0..count {
                    let id = self.bayeux.log().last_replay_id() + 1;
                    let fields = [("Id".into(), json!("x")), ("N".into(), json!(id % 3))];
                    let name = if channel { "/topic/A" } else { "/topic/B" };
                    let body = Body::Topic { kind: EventKind::Updated, sobject: &fields };
                    assert_eq!(self.bayeux.publish(name, body, self.when()).unwrap().replay_id, id);
                    self.published.push((channel, id, id % 3));
                    for (&(_, text), mail) in &mut self.mail {
                        if Self::passes(text, channel, id % 3) {
                            mail.expected.push(id);
                        }
                    }
                }
            }
            Step::Flush(broken) => {
                for release in self.bayeux.flush(self.when()) {
                    self.held.remove(&release.hold).expect("a held request");
                    if broken {
                        let more = self.bayeux.give_back(release.answer, self.when());
                        assert!(more.is_empty(), "no connect is held");
                    } else {
                        self.read(&release.answer);
                    }
                }
            }
            Step::Pass(ms) => {
                self.real_ms += ms;
                let when = self.when();
                for release in self.bayeux.tick(when) {
                    self.held.remove(&release.hold).expect("a held request");
                    self.read(&release.answer);
                }
                assert!(self.bayeux.next_deadline().is_none_or(|deadline| deadline > self.real_ms));
            }
            Step::Break(at) => {
                let broken: Vec<HoldId> =
                    self.held.iter().filter(|&(_, client)| *client == at).map(|(&hold, _)| hold).collect();
                for hold in broken {
                    self.held.remove(&hold);
                    self.bayeux.dropped(hold, self.when());
                }
            }
            Step::Wipe => {
                self.bayeux.wipe();
                self.published.clear();
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn once_and_in_order(steps in prop::collection::vec(step(), 1..80)) {
        let mut world = World::new();
        for step in &steps {
            world.play(step);
        }
        // The first connect is answered at once, and each answer brings three events at most.
        for _ in 0..200 {
            if world.mail.values().all(|mail| mail.got.len() >= mail.expected.len()) {
                break;
            }
            for at in 0..world.clients.len() {
                world.play(&Step::Connect(at, true));
            }
        }
        // Nothing more comes.
        for at in 0..world.clients.len() {
            world.play(&Step::Connect(at, true));
        }
        for ((client, text), mail) in &world.mail {
            prop_assert_eq!(&mail.expected, &mail.got, "client {} {}", client, TEXTS[*text]);
        }
    }
}
