//! Transcripts in `tests/fixtures/bayeux`. Lines that begin with `<`, `!` or two spaces are what the server says: `<` the
//! reply to the request above, `!` the answer to one that was held, and indented the messages of either. All other lines
//! are what happens:
//!
//! - `topic CHANNEL FIELD…`, `remove CHANNEL`, `publish CHANNEL TYPE FIELD=JSON…`, `flush`
//! - `> [NAME=VALUE…]` and a line with the body: a request. `user` is `005A`, `none` or `bad`; `cookie` is `yes`, `no` or
//!   `optional`; `path`
//! - `at MS`: the real time; the emulated one keeps step. `later HOURS`: the emulated time alone. `tick`
//! - `dropped HOLD`, `forget`, `signout USER`, `wipe`, `busy on`, `busy off`, `restart`
//!
//! `{client1}` stands for the id of the first client, `{cookie}` for that of the browser.

use std::fmt::Write as _;
use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use omnic::serve::bayeux::{
    Answer, Auth, Bayeux, BayeuxOptions, Body, EventKind, HoldId, Release, Reply, Request, Retention, Topic, When,
};
use serde_json::Value;
use serde_json::value::RawValue;
use smol_str::SmolStr;

struct Player {
    bayeux: Bayeux,
    options: BayeuxOptions,
    topics: Vec<Topic>,
    holds: Vec<HoldId>,
    when: When,
    out: String,
}

impl Player {
    fn new() -> Self {
        let org = "2026-11-30T08:00:00Z".parse().unwrap();
        let options = BayeuxOptions { max_clients: 3, ..BayeuxOptions::default() };
        Self {
            bayeux: Bayeux::new(options.clone()),
            options,
            topics: Vec::new(),
            holds: Vec::new(),
            when: When { real_ms: 0, org },
            out: String::new(),
        }
    }

    fn answer(&mut self, mark: &str, answer: &Answer) {
        let cookie = answer.set_cookie.as_ref().map(|cookie| format!(" set-cookie: {cookie}")).unwrap_or_default();
        writeln!(self.out, "{mark} {}{cookie}", answer.status).unwrap();
        let messages: Vec<Box<RawValue>> = serde_json::from_str(&answer.body).unwrap();
        for message in messages {
            writeln!(self.out, "  {}", message.get()).unwrap();
        }
    }

    fn released(&mut self, released: Vec<Release>) {
        for Release { hold, answer } in released {
            let number = self.holds.iter().position(|known| *known == hold).expect("a held request") + 1;
            self.answer(&format!("! {number}"), &answer);
        }
    }

    fn request(&mut self, settings: &str, body: &str) {
        let (mut auth, mut cookie, mut path) = (Auth::User("005A"), "yes", "/cometd/66.0");
        for setting in settings.split_whitespace() {
            match setting.split_once('=').expect("NAME=VALUE") {
                ("user", "none") => auth = Auth::Missing,
                ("user", "bad") => auth = Auth::Invalid,
                ("user", user) => auth = Auth::User(user),
                ("cookie", value) => cookie = value,
                ("path", value) => path = value,
                (name, _) => panic!("no setting {name}"),
            }
        }
        let request = Request {
            auth,
            path,
            cookie: (cookie == "yes").then_some("aaaaaaaaaaaaaaaaaaaaaaaaaa"),
            cookie_optional: cookie == "optional",
            body: body.as_bytes(),
            entropy: [0; 32],
        };
        let handled = self.bayeux.handle(&request, self.when);
        match handled.reply {
            Reply::Now(answer) => self.answer("<", &answer),
            Reply::Hold { hold, until_ms } => {
                self.holds.push(hold);
                writeln!(self.out, "< held {} until {until_ms}", self.holds.len()).unwrap();
            }
        }
        self.released(handled.released);
    }

    fn publish(&mut self, rest: &str) {
        let mut words = rest.split(' ');
        let (channel, kind) = (words.next().unwrap(), words.next().unwrap());
        let kind = match kind {
            "created" => EventKind::Created,
            "updated" => EventKind::Updated,
            "deleted" => EventKind::Deleted,
            "undeleted" => EventKind::Undeleted,
            other => panic!("no type {other}"),
        };
        let fields: Vec<(SmolStr, Value)> = words
            .map(|word| word.split_once('=').expect("FIELD=JSON"))
            .map(|(name, json)| (name.into(), serde_json::from_str(json).unwrap()))
            .collect();
        self.bayeux.publish(channel, Body::Topic { kind, sobject: &fields }, self.when).unwrap();
    }

    fn command(&mut self, line: &str) {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let when = self.when;
        match word {
            "topic" => {
                let mut words = rest.split(' ').map(SmolStr::from);
                let topic =
                    Topic { channel: words.next().unwrap(), fields: words.collect(), retention: Retention::Day };
                self.topics.push(topic.clone());
                self.bayeux.add_topic(topic);
            }
            "remove" => self.bayeux.remove_topic(rest),
            "publish" => self.publish(rest),
            "flush" => {
                let released = self.bayeux.flush(when);
                self.released(released);
            }
            "at" => {
                let real_ms: u64 = rest.parse().unwrap();
                let passed = i64::try_from(real_ms - when.real_ms).unwrap();
                self.when = When { real_ms, org: later(when.org, passed) };
            }
            "later" => self.when.org = later(when.org, rest.parse::<i64>().unwrap() * 3_600_000),
            "tick" => {
                let released = self.bayeux.tick(when);
                self.released(released);
            }
            "dropped" => self.bayeux.dropped(self.holds[rest.parse::<usize>().unwrap() - 1], when),
            "forget" => {
                let released = self.bayeux.forget_clients(when);
                self.released(released);
            }
            "signout" => {
                let released = self.bayeux.sign_out(rest, when);
                self.released(released);
            }
            "wipe" => self.bayeux.wipe(),
            "busy" => self.bayeux.set_busy(rest == "on"),
            "restart" => {
                let log = self.bayeux.save_log();
                self.bayeux = Bayeux::new(self.options.clone());
                self.topics.iter().for_each(|topic| self.bayeux.add_topic(topic.clone()));
                self.bayeux.restore_log(log).unwrap();
            }
            _ => panic!("cannot read the line `{line}`"),
        }
    }
}

fn later(from: Timestamp, ms: i64) -> Timestamp {
    from + SignedDuration::from_millis(ms)
}

/// What is written must be what is said.
fn play(path: &Path) -> (String, String) {
    let mut text = std::fs::read_to_string(path).unwrap().replace("{cookie}", &"a".repeat(26));
    for number in 1..10 {
        text = text.replace(&format!("{{client{number}}}"), &format!("{}{number}", "a".repeat(26)));
    }
    let mut player = Player::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.starts_with('<') || line.starts_with('!') || line.starts_with("  ") {
            continue;
        }
        writeln!(player.out, "{line}").unwrap();
        if let Some(settings) = line.strip_prefix('>') {
            let body = lines.next().expect("a body");
            writeln!(player.out, "{body}").unwrap();
            player.request(settings, body);
        } else if !line.is_empty() && !line.starts_with('#') {
            player.command(line);
        }
    }
    (text, player.out)
}

#[test]
fn clients_get_what_the_transcripts_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/bayeux");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(paths.len() >= 7, "{paths:?}");
    let mut wrong = String::new();
    for path in paths {
        let (expected, said) = play(&path);
        for (number, (expected, said)) in expected.lines().zip(said.lines()).enumerate() {
            if expected != said {
                let name = path.file_name().unwrap().display();
                write!(wrong, "\n{name}:{}\n  expected {expected}\n  said     {said}\n", number + 1).unwrap();
                break;
            }
        }
        if expected.lines().count() != said.lines().count() && wrong.is_empty() {
            write!(wrong, "{}: other number of lines:\n{said}", path.display()).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
