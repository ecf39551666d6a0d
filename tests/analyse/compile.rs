//! From an analysis to a plan, or the reason why there is none: what errors refuse, and what they leave out.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use omnic::analyse::{Analysis, Options, TextFile, analyse_texts};
use omnic::compile::{KEPT, NoPlan, OnErrors, compile, refuse};
use omnic::diagnostics::Severity;
use omnic::plan::Plan;
use omnic::runtime::{Effect, RoutingOptions, Runtime, Timed};
use omnic::source::{ApiVersion, Layout};

/// The components of a small project, each in its file; `xmlns` is added.
fn project(components: &[(&str, &str)]) -> Analysis {
    let file = |(path, text): &(&str, &str)| TextFile {
        path: format!("{path}-meta.xml"),
        text: text.replacen('>', " xmlns=\"http://soap.sforce.com/2006/04/metadata\">", 1),
        package: 0,
        ignored: false,
    };
    analyse_texts(components.iter().map(file).collect(), Layout::Sfdx, ApiVersion(66), &Options::default())
}

const CHANNEL: (&str, &str) = (
    "Cases.serviceChannel",
    "<ServiceChannel><label>Cases</label><relatedEntityType>Case</relatedEntityType></ServiceChannel>",
);
const STATUS: (&str, &str) = (
    "Online.servicePresenceStatus",
    "<ServicePresenceStatus><channels><channel>Cases</channel></channels><label>Online</label></ServicePresenceStatus>",
);
const PRESENCE: (&str, &str) = (
    "Reps.presenceUserConfig",
    "<PresenceUserConfig><assignments><users><user>ada@acme.example</user></users></assignments><capacity>5</capacity>\
     <label>Reps</label></PresenceUserConfig>",
);
const HEAVY: (&str, &str) = (
    "Heavy.queueRoutingConfig",
    "<QueueRoutingConfig><capacityWeight>8</capacityWeight><label>Heavy</label><routingModel>LEAST_ACTIVE</routingModel>\
     <routingPriority>1</routingPriority></QueueRoutingConfig>",
);
const QUEUE: (&str, &str) = (
    "Support.queue",
    "<Queue><name>Support</name><queueMembers><users><user>ada@acme.example</user></users></queueMembers>\
     <queueRoutingConfig>Heavy</queueRoutingConfig><queueSobject><sobjectType>Case</sobjectType></queueSobject></Queue>",
);

fn codes(analysis: &Analysis) -> Vec<&str> {
    let errors = analysis.diagnostics.iter().filter(|found| found.severity == Severity::Error);
    errors.map(|found| found.code).collect()
}

#[test]
fn work_that_reaches_nobody_can_be_compiled_and_asked_about() {
    let analysis = project(&[CHANNEL, STATUS, PRESENCE, HEAVY, QUEUE]);
    assert_eq!(codes(&analysis), ["OC505"], "an item of 8 units, and nobody has more than 5");
    assert_eq!(compile(&analysis, &[], OnErrors::Refuse), Err(NoPlan::Errors { count: 1 }));
    let plan = compile(&analysis, &[], OnErrors::LeaveOut).unwrap();
    assert_eq!(plan.left_out, []);
    let mut runtime = Runtime::new(&plan, RoutingOptions::default()).unwrap();
    runtime.trace(true);
    let mut effects = Vec::new();
    for line in [
        r#"{"at":"2026-11-23T08:00:00Z","event":"login","user":"ada@acme.example","statusId":"Online"}"#,
        r#"{"at":"2026-11-23T08:00:05Z","event":"workArrived","workItemId":"4711","object":"Case","route":{"queue":"Support"}}"#,
    ] {
        let Timed { at, event } = serde_json::from_str(line).unwrap();
        effects.extend(runtime.apply(at, &event).unwrap());
    }
    assert!(effects.iter().all(|timed| !matches!(timed.effect, Effect::AgentWorkCreated { .. })), "{effects:?}");
    assert_eq!(runtime.pending_service_routings().count(), 1, "it waits");
}

#[test]
fn what_a_cut_off_permission_set_grants_is_not_guessed() {
    let set = (
        "Reps.permissionset",
        "<PermissionSet><label>Reps</label><servicePresenceStatusAccesses><enabled>true</enabled>\
         <servicePresenceStatus>Online</servicePresenceStatus></servicePresenceStatusAccesses>\
         <servicePresenceStatusAccesses><enabled>true</enabled><servicePresenceStatus>Lun",
    );
    let plan = compile(&project(&[CHANNEL, STATUS, set]), &[], OnErrors::LeaveOut).unwrap();
    let left_out = plan.left_out.iter().map(|left| format!("{} {} {}", left.component, left.name, left.code));
    assert_eq!(left_out.collect::<Vec<_>>(), ["PermissionSet Reps OC002"]);
    assert_eq!(plan.tables.presence_statuses[0].granted_by_permission_sets, [""; 0]);
    assert_eq!(plan.tables.outside, omnic::plan::Outside::default());
}

#[test]
fn what_only_the_project_calls_an_error_stays() {
    // Fifty items fit into five units: a note, unless the project has it otherwise.
    let light = HEAVY.1.replace("<capacityWeight>8<", "<capacityWeight>0.1<");
    let mut analysis = project(&[CHANNEL, STATUS, PRESENCE, (HEAVY.0, light.as_str()), QUEUE]);
    for found in &mut analysis.diagnostics {
        assert_ne!(found.severity, Severity::Error, "{found:?}");
        if found.code == "OC415" {
            found.severity = Severity::Error;
        }
    }
    assert_eq!(codes(&analysis), ["OC415"]);
    assert_eq!(compile(&analysis, &[], OnErrors::LeaveOut).unwrap().left_out, []);
}

#[test]
fn what_a_deploy_rejects_is_left_out_and_named() {
    let both = HEAVY.1.replace("<label>", "<capacityPercentage>50</capacityPercentage><label>");
    let cut = QUEUE.1.split("<queueSobject>").next().unwrap();
    let files = [CHANNEL, STATUS, PRESENCE, (HEAVY.0, both.as_str()), QUEUE, ("Cut.queue", cut)];
    let analysis = project(&files);
    let plan = compile(&analysis, &[], OnErrors::LeaveOut).unwrap();
    let left_out = plan.left_out.iter().map(|left| format!("{} {} {}", left.component, left.name, left.code));
    assert_eq!(left_out.collect::<Vec<_>>(), ["Queue Cut OC002", "QueueRoutingConfig Heavy OC506"]);
    // Who names what is left out keeps the name.
    let names = |rows: Vec<&omnic::plan::Name>| rows.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(names(plan.tables.queues.iter().map(|row| &row.name).collect()), ["Support"]);
    assert_eq!(plan.tables.queues[0].routing_configuration.as_deref(), Some("Heavy"));
    assert_eq!(names(plan.tables.outside.routing_configurations.iter().collect()), ["Heavy"]);
    assert!(plan.tables.routing_configurations.is_empty());
    assert!(Runtime::new(&plan, RoutingOptions::default()).is_ok());
    assert_eq!(Plan::from_json(&plan.to_json()).unwrap(), plan);
}

#[test]
fn there_is_no_plan_without_a_reason() {
    let whole = project(&[CHANNEL]);
    assert!(compile(&whole, &[], OnErrors::Refuse).is_ok());
    let unread = [("force-app/queues".to_owned(), "permission denied".to_owned())];
    assert_eq!(compile(&whole, &unread, OnErrors::Refuse), Err(NoPlan::PartUnread));
    let cut = project(&[(CHANNEL.0, CHANNEL.1.trim_end_matches("</ServiceChannel>"))]);
    assert!(matches!(compile(&cut, &[], OnErrors::Refuse), Err(NoPlan::Errors { .. })), "{:?}", codes(&cut));
    // Also if nobody hears of it.
    let silent = Analysis { diagnostics: Vec::new(), ..cut };
    let path = format!("{}-meta.xml", CHANNEL.0);
    assert_eq!(refuse(&silent, &[]), Err(NoPlan::CutShort { path: path.clone() }));
    let left_out = compile(&silent, &[], OnErrors::LeaveOut).unwrap().left_out;
    assert_eq!(left_out.iter().map(|left| &*left.code).collect::<Vec<_>>(), ["OC002"]);
    let reason = NoPlan::CutShort { path }.to_string();
    assert_eq!(reason, "`Cases.serviceChannel-meta.xml` cannot be read to its end, so parts would be missing");
}

#[test]
fn checks_whose_errors_keep_a_component_report_errors() {
    for code in KEPT {
        let check = omnic::checks::REGISTRY.iter().find(|check| check.code == code).unwrap();
        assert!(check.severities.contains(&Severity::Error), "{code}");
    }
    assert!(KEPT.is_sorted());
}
