//! The table of refusals in docs/serve.md is what clients are told.

use omnic::runtime::{AgentWorkId, CapacityCheck, Limit, Refusal, What};

/// A refusal of each kind that the table names, and of two that it does not.
fn refusals() -> Vec<Refusal> {
    let name = || "x".into();
    let time = omnic::plan::Time(0);
    let units = omnic::plan::Units(10_000);
    vec![
        Refusal::Unknown { what: What::Agent, name: name() },
        Refusal::QueueDoesNotHold { queue: name(), object: name() },
        Refusal::LimitExceeded { limit: Limit::Pending },
        Refusal::Field { field: "CapacityWeight".into(), problem: name() },
        Refusal::TimeRunsBackward { at: time, now: time },
        Refusal::TimeEnds { at: time },
        Refusal::ReplayId { replay_id: 1 },
        Refusal::NotLoggedIn { user: name() },
        Refusal::Inactive { user: name() },
        Refusal::NoCapacity { user: name(), needs: units, free: units, check: CapacityCheck::AgentWork },
        Refusal::TooManyOpenItems { user: name(), open: 1 },
        Refusal::StatusOffersNotChannel { user: name(), status: name(), channel: name() },
        Refusal::NoServiceChannel { object: name() },
        Refusal::NotExternal { work_item: name() },
        Refusal::AlreadyPushed { work_item: name() },
        Refusal::AlreadyRouted { work_item: name() },
        Refusal::NotRouted { work_item: name() },
        Refusal::ReadyForRouting { work_item: name() },
        Refusal::NoExtension { work: AgentWorkId(1) },
    ]
}

#[test]
fn the_page_says_what_each_becomes() {
    let page = include_str!("../../docs/serve.md");
    let section = page.split("### Refusals").nth(1).unwrap().split("\n## ").next().unwrap();
    let rows: Vec<Vec<&str>> = section
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| refusal"))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    let row_of = |name: &str| {
        let names = |row: &&Vec<&str>| row[0].split(", ").any(|cell| cell.trim_matches('`') == name);
        rows.iter().find(names).or_else(|| rows.iter().find(|row| row[0] == "any other")).unwrap()
    };
    for refusal in refusals() {
        let (name, status, code, fields) = omnic::serve::refused(&refusal);
        let row = row_of(&name);
        assert!(row[1].starts_with(&format!("{status} `{code}`")), "{name}: {} for {status} {code}", row[1]);
        if name == "unknown" || name == "field" {
            assert_eq!(fields.len(), 1, "{name}");
        } else {
            let told: Vec<&str> =
                row[2].split(", ").map(|cell| cell.trim_matches('`')).filter(|cell| !cell.is_empty()).collect();
            assert_eq!(fields, told, "{name}");
        }
    }
}
