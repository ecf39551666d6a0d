//! Another plan, the same plan, and data that cannot be played again.

use omnic::serve::journal::{Folder, Journal, Opened, Plan as JournalPlan};
use serde_json::{Value, json};

use crate::client::{Server, options, plan};
use crate::data::{changed_plan, copied, history, seen, server};

#[test]
fn a_plan_that_routes_alike_changes_nothing() {
    let reload = || {
        let mut same = plan().clone();
        // White space and labels change places and looks of rows, not what is done with work.
        same.provenance = None;
        let display = same.display.as_mut().unwrap();
        display.channels.get_mut("Cases").unwrap().label = Some("Renamed".into());
        Ok(same)
    };
    let server = Server::of(plan().clone(), options(), Some(Box::new(reload))).unwrap();
    history(&server);
    let before = seen(&server);
    let answer = server.control("POST", "reload", &Value::Null);
    assert_eq!((answer.status, &answer.json()["changed"]), (200, &json!(false)), "{}", answer.body);
    assert_eq!(answer.json()["plan"], plan().digest.as_str());
    assert_eq!(seen(&server), before);
    assert_eq!(server.value("SELECT COUNT(Id) FROM UserServicePresence WHERE IsCurrentState = true"), 1);
    assert_eq!(server.text("SELECT MasterLabel FROM ServiceChannel WHERE DeveloperName = 'Cases'"), "Renamed");
}

#[test]
fn finished_work_stays_under_another_plan() {
    let folder = tempfile::tempdir().unwrap();
    let mut given = options();
    given.org.data = Some(folder.path().to_owned());
    let first = Server::of(plan().clone(), given, Some(Box::new(|| Ok(changed_plan())))).unwrap();
    first.log_in("maria.keller", "Available_Cases");
    let queue = first.queue("Cases_Tier_1");
    let case = first.create("Case", &json!({ "OwnerId": queue, "Status": "New" }));
    first.happen(&json!({ "event": "acceptAgentWork", "workId": case }));
    first.rest("PATCH", &format!("/sobjects/Case/{case}"), &json!({ "Status": "Closed" }));
    let finished = first.query("SELECT FIELDS(ALL) FROM AgentWork LIMIT 200");
    assert_eq!((finished.len(), &finished[0]["Status"]), (1, &json!("Closed")));
    first.create("Case", &json!({ "OwnerId": queue, "Status": "New" }));
    assert_eq!(first.text("SELECT Status FROM AgentWork WHERE Status != 'Closed'"), "Assigned");
    let answer = first.control("POST", "reload", &Value::Null).json();
    assert_eq!(answer["changed"], true);
    let id = finished[0]["Id"].as_str().unwrap().to_owned();
    let path = format!("/sobjects/AgentWork/{id}");
    let check = |server: &Server| {
        assert_eq!(server.query("SELECT FIELDS(ALL) FROM AgentWork WHERE Status = 'Closed' LIMIT 200"), finished);
        assert_eq!(server.query("SELECT WorkItem.Id FROM AgentWork")[0]["WorkItem"]["Id"], case.as_str());
        assert_eq!(server.rest("GET", &path, &Value::Null).json()["Status"], "Closed");
        let count = server.rest("GET", "/query?q=SELECT+COUNT()+FROM+AgentWork+WHERE+Status='Closed'", &Value::Null);
        assert_eq!(count.json()["totalSize"], 1);
        let all =
            server.rest("GET", "/query?q=SELECT+COUNT()+FROM+AgentWork", &Value::Null).json()["totalSize"].clone();
        assert_eq!(all, server.query("SELECT Id FROM AgentWork").len());
        assert_eq!(server.value("SELECT COUNT(Id) FROM UserServicePresence WHERE IsCurrentState = false"), 1);
    };
    check(&first);
    let killed = copied(folder.path());
    let mut given = options();
    given.org.data = Some(killed.path().to_owned());
    check(&Server::of(changed_plan(), given, None).unwrap());
    // It can be deleted, as finished work can.
    assert_eq!(first.rest("DELETE", &path, &Value::Null).status, 204);
    assert_eq!(first.rest("GET", &path, &Value::Null).error(), (404, "ENTITY_IS_DELETED".to_owned()));
    first.log_in("maria.keller", "Available_Cases");
    // The work that was offered to her then is unavailable since she was logged out.
    let statuses = first.query("SELECT Status FROM AgentWork ORDER BY Name");
    assert_eq!(statuses, [json!({ "Status": "Unavailable" }), json!({ "Status": "Assigned" })]);
}

#[test]
fn tokens_stay_under_another_plan() {
    let server = Server::of(plan().clone(), options(), Some(Box::new(|| Ok(changed_plan())))).unwrap();
    let ask = json!({ "user": "maria.keller@acme.example", "clientId": "adapter" });
    let begun = server.control("POST", "sessions", &ask).json();
    assert_eq!(server.control("POST", "reload", &Value::Null).json()["changed"], true);
    let (access, refresh) = (begun["accessToken"].as_str().unwrap(), begun["refreshToken"].as_str().unwrap());
    let bearer = format!("Bearer {access}");
    assert_eq!(server.send("GET", "/services/data/v60.0/limits", &[("Authorization", &bearer)], "").status, 200);
    let form = format!("grant_type=refresh_token&client_id=adapter&refresh_token={refresh}");
    let type_of_form = ("Content-Type", "application/x-www-form-urlencoded");
    assert_eq!(server.send("POST", "/services/oauth2/token", &[type_of_form], &form).status, 200);
}

#[test]
fn data_that_cannot_be_played_again_has_a_way_out() {
    let folder = tempfile::tempdir().unwrap();
    let first = server(folder.path());
    let case = history(&first);
    first.stop();
    let first = server(folder.path());
    let later = first.create("Case", &json!({ "Subject": "later" }));
    let copy = copied(folder.path());
    drop(first);
    // As if another version of the program had written it: an event that is refused.
    let journal_plan = JournalPlan { digest: plan().digest.clone(), accept_other: false };
    let Opened { mut journal, .. } = Journal::open(Folder::open(copy.path()).unwrap(), &journal_plan).unwrap();
    let event = json!({ "entry": "happened", "at": "2027-01-01T08:00:00Z", "by": "005000000000001AAA",
        "event": { "event": "acceptAgentWork", "user": "nobody@acme.example", "workId": "nothing" } });
    journal.append(1, event.to_string().as_bytes()).unwrap();
    journal.commit().unwrap();
    drop(journal);
    let start = |new_plan: bool| {
        let mut given = options();
        given.org.data = Some(copy.path().to_owned());
        given.org.new_plan = new_plan;
        Server::with(given)
    };
    let refused = start(false).err().map(|error| error.to_string()).unwrap_or_default();
    assert!(refused.contains("an event that is refused now"), "{refused}");
    let again = start(true).unwrap();
    assert!(again.recovered.not_replayed.as_ref().is_some_and(|problem| problem.contains("nobody@acme.example")));
    for (id, subject) in [(&case, "first"), (&later, "later")] {
        assert_eq!(again.text(&format!("SELECT Subject FROM Case WHERE Id = '{id}'")), subject);
    }
    let owned = again.query("SELECT Id FROM Case WHERE Owner.Type = 'Queue'").len();
    assert_eq!(again.query("SELECT Id FROM PendingServiceRouting").len(), owned, "queues' records are routed again");
    assert!(owned > 0);
    again.stop();
    // From now on it starts as any other.
    let again = start(false).unwrap();
    assert_eq!(again.recovered.not_replayed, None);
    assert_eq!(again.query("SELECT Id FROM Case").len(), 4);
}
