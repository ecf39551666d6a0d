//! Limits, faults, and requests that are not Bayeux.

use jiff::Timestamp;
use omnic::serve::bayeux::{
    Answer, Auth, Bayeux, BayeuxOptions, Body, EventKind, Handled, Reply, Request, Retention, Topic, When,
};
use proptest::prelude::*;
use serde_json::{Value, json};

const WHEN: When = When { real_ms: 0, org: Timestamp::UNIX_EPOCH };

fn server(options: BayeuxOptions) -> Bayeux {
    let mut bayeux = Bayeux::new(options);
    for channel in ["/topic/A", "/topic/B", "/topic/C"] {
        bayeux.add_topic(Topic { channel: channel.into(), fields: vec!["Id".into()], retention: Retention::Day });
    }
    bayeux
}

fn send_bytes(bayeux: &mut Bayeux, body: &[u8]) -> Handled {
    let request = Request {
        auth: Auth::User("005"),
        path: "/cometd/66.0",
        cookie: Some("b"),
        cookie_optional: false,
        body,
        entropy: [0; 32],
    };
    bayeux.handle(&request, WHEN)
}

fn send(bayeux: &mut Bayeux, body: &Value) -> Vec<Value> {
    match send_bytes(bayeux, body.to_string().as_bytes()).reply {
        Reply::Now(answer) => serde_json::from_str(&answer.body).unwrap(),
        Reply::Hold { .. } => panic!("held"),
    }
}

fn client(bayeux: &mut Bayeux) -> String {
    let replies = send(bayeux, &json!([{"channel": "/meta/handshake"}]));
    let client = replies[0]["clientId"].as_str().unwrap().to_owned();
    send(bayeux, &json!([{"channel": "/meta/connect", "clientId": client}]));
    client
}

fn subscribe(bayeux: &mut Bayeux, client: &str, text: &str) -> Value {
    let channel = text.split('?').next().unwrap();
    let message = json!([{
        "channel": "/meta/subscribe", "clientId": client, "subscription": text, "ext": {"replay": {channel: -2}}
    }]);
    let reply = send(bayeux, &message).remove(0);
    if reply["successful"] == true { Value::Null } else { reply["error"].clone() }
}

fn publish(bayeux: &mut Bayeux, channel: &str) {
    let body = Body::Topic { kind: EventKind::Created, sobject: &[("Id".into(), json!("x"))] };
    bayeux.publish(channel, body, WHEN).unwrap();
}

#[test]
fn a_body_over_32_768_bytes_is_refused() {
    let mut bayeux = server(BayeuxOptions::default());
    let padded = |length: usize| {
        let message = br#"[{"channel":"/meta/handshake"}]"#;
        [message.as_slice(), &vec![b' '; length - message.len()]].concat()
    };
    for (length, status, error) in [(32_768, 200, None), (32_769, 413, Some("413::Maximum Request Size Exceeded"))] {
        let Reply::Now(answer) = send_bytes(&mut bayeux, &padded(length)).reply else { panic!("held") };
        let body: Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!((answer.status, body[0]["error"].as_str()), (status, error));
    }
}

#[test]
fn subscriptions_are_limited_by_topic_and_by_client() {
    let mut bayeux = server(BayeuxOptions { max_subscribers: 2, max_subscriptions: 2, ..BayeuxOptions::default() });
    let clients: Vec<String> = (0..3).map(|_| client(&mut bayeux)).collect();
    let full = json!("403::Subscription limit exceeded for this topic");
    let cases = [
        (0, "/topic/A", Value::Null),
        (1, "/topic/A", Value::Null),
        (1, "/topic/A", Value::Null),
        (2, "/topic/A", full.clone()),
        (1, "/topic/A?Id='1'", Value::Null),
        (1, "/topic/B", full),
        (2, "/topic/B", Value::Null),
    ];
    for (at, text, expected) in cases {
        assert_eq!(subscribe(&mut bayeux, &clients[at], text), expected, "{at} {text}");
    }
}

#[test]
fn a_client_for_which_too_much_waits_begins_again() {
    let mut bayeux = server(BayeuxOptions { max_waiting: 3, ..BayeuxOptions::default() });
    let [slow, other] = [client(&mut bayeux), client(&mut bayeux)];
    assert_eq!(subscribe(&mut bayeux, &slow, "/topic/A"), Value::Null);
    assert_eq!(subscribe(&mut bayeux, &other, "/topic/B"), Value::Null);
    (0..3).for_each(|_| publish(&mut bayeux, "/topic/A"));
    assert_eq!(bayeux.client_count(), 2);
    publish(&mut bayeux, "/topic/A");
    let replies = send(&mut bayeux, &json!([{"channel": "/meta/connect", "clientId": slow}]));
    assert_eq!(replies[0]["error"], "403::Unknown client");
    assert_eq!(bayeux.client_count(), 1);

    // The replay alone would be too long: it is refused, and the client stays.
    let error = subscribe(&mut bayeux, &other, "/topic/A");
    assert!(error.as_str().unwrap().starts_with("400::The replay of {/topic/A} holds more events"), "{error}");
    assert_eq!(bayeux.client_count(), 2 - 1);
}

#[test]
fn a_held_connect_of_such_a_client_is_answered() {
    let mut bayeux = server(BayeuxOptions { max_waiting: 1, ..BayeuxOptions::default() });
    let slow = client(&mut bayeux);
    assert_eq!(subscribe(&mut bayeux, &slow, "/topic/A"), Value::Null);
    let body = json!([{"channel": "/meta/connect", "clientId": slow, "id": "9"}]).to_string();
    assert!(matches!(send_bytes(&mut bayeux, body.as_bytes()).reply, Reply::Hold { until_ms: 110_000, .. }));
    publish(&mut bayeux, "/topic/A");
    publish(&mut bayeux, "/topic/A");
    let released = bayeux.flush(WHEN);
    assert_eq!(released.len(), 1);
    assert_eq!(
        released[0].answer.body,
        r#"[{"advice":{"interval":0,"reconnect":"handshake"},"channel":"/meta/connect","id":"9","error":"403::Unknown client","successful":false}]"#
    );
    assert_eq!((bayeux.client_count(), bayeux.next_deadline()), (0, None));
}

#[test]
fn an_answer_that_was_not_sent_is_given_back() {
    let mut bayeux = server(BayeuxOptions::default());
    let client = client(&mut bayeux);
    for topic in ["/topic/A", "/topic/B"] {
        assert_eq!(subscribe(&mut bayeux, &client, topic), Value::Null);
    }
    let connect = json!([{"channel": "/meta/connect", "clientId": client}]).to_string();
    assert!(matches!(send_bytes(&mut bayeux, connect.as_bytes()).reply, Reply::Hold { .. }));
    publish(&mut bayeux, "/topic/A");
    publish(&mut bayeux, "/topic/B");
    let lost = bayeux.flush(WHEN).remove(0).answer;
    publish(&mut bayeux, "/topic/B");
    let unsubscribe = json!([{"channel": "/meta/unsubscribe", "clientId": client, "subscription": "/topic/A"}]);
    send(&mut bayeux, &unsubscribe);
    assert!(bayeux.give_back(lost.clone(), WHEN).is_empty());
    let ids = |answer: &Answer| -> Vec<u64> {
        let messages: Vec<Value> = serde_json::from_str(&answer.body).unwrap();
        messages.iter().filter_map(|message| message["data"]["event"]["replayId"].as_u64()).collect()
    };
    let Reply::Now(answer) = send_bytes(&mut bayeux, connect.as_bytes()).reply else { panic!("held") };
    assert_eq!((ids(&lost), ids(&answer)), (vec![1, 2], vec![2, 3]));

    // With a connect held already, it is answered at once.
    assert!(matches!(send_bytes(&mut bayeux, connect.as_bytes()).reply, Reply::Hold { .. }));
    let released = bayeux.give_back(answer, WHEN);
    assert_eq!(released.iter().map(|release| ids(&release.answer)).collect::<Vec<_>>(), [vec![2, 3]]);
}

#[test]
fn an_event_needs_a_topic() {
    let mut bayeux = server(BayeuxOptions::default());
    let body = Body::Topic { kind: EventKind::Created, sobject: &[] };
    let error = bayeux.publish("/topic/Z", body, WHEN).unwrap_err().to_string();
    assert_eq!(error, "the channel `/topic/Z` does not exist: add the topic before its events");
}

fn json_value() -> impl Strategy<Value = Value> {
    let word = prop_oneof![
        Just("/meta/handshake"),
        Just("/meta/connect"),
        Just("/meta/subscribe"),
        Just("/meta/disconnect"),
        Just("/meta/unsubscribe"),
        Just("/topic/A"),
        Just("/topic/A?Id='1'"),
        Just("/topic/A?Id"),
        Just("long-polling"),
        Just("aaaaaaaaaaaaaaaaaaaaaaaaaa1"),
        Just("-2"),
        Just("\u{0}ü"),
        Just(""),
    ];
    let leaf = prop_oneof![
        4 => word.prop_map(Value::from),
        1 => any::<i64>().prop_map(Value::from),
        1 => any::<f64>().prop_map(Value::from),
        1 => any::<bool>().prop_map(Value::from),
        1 => Just(Value::Null),
    ];
    leaf.prop_recursive(3, 24, 6, |inner| {
        let key = prop_oneof![
            Just("channel"),
            Just("clientId"),
            Just("id"),
            Just("subscription"),
            Just("ext"),
            Just("replay"),
            Just("advice"),
            Just("timeout"),
            Just("connectionType"),
            Just("supportedConnectionTypes"),
            Just("/topic/A"),
        ];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map(key.prop_map(str::to_owned), inner, 0..8).prop_map(Value::from_iter),
        ]
    })
}

/// An answer is an array of objects, with one reply for each message.
fn is_answer(answer: &Answer) -> bool {
    serde_json::from_str::<Vec<serde_json::Map<String, Value>>>(&answer.body).is_ok_and(|messages| !messages.is_empty())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_json_is_answered(bodies in prop::collection::vec(json_value(), 1..12)) {
        let mut bayeux = server(BayeuxOptions::default());
        client(&mut bayeux);
        for body in bodies {
            let handled = send_bytes(&mut bayeux, body.to_string().as_bytes());
            if let Reply::Now(answer) = handled.reply {
                prop_assert!(is_answer(&answer), "{}", answer.body);
            }
            prop_assert!(handled.released.iter().all(|release| is_answer(&release.answer)));
            publish(&mut bayeux, "/topic/A");
            prop_assert!(bayeux.flush(WHEN).iter().all(|release| is_answer(&release.answer)));
        }
    }

    #[test]
    fn any_bytes_are_answered(body in prop::collection::vec(any::<u8>(), 0..200), path in ".*", cookie in ".*") {
        let mut bayeux = server(BayeuxOptions::default());
        let request = Request {
            auth: Auth::Invalid, path: &path, cookie: Some(&cookie), cookie_optional: false, body: &body, entropy: [1; 32],
        };
        let Reply::Now(answer) = bayeux.handle(&request, WHEN).reply else { panic!("held") };
        prop_assert!(is_answer(&answer));
    }
}
