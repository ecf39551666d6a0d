//! What flows may name in their routing actions: the data flow, as data.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "the helpers of a test")]

use crate::common;
use std::fmt::Write as _;
use std::path::Path;

use omnic::analyse::{Analysis, Options, TextFile, analyse_texts};
use omnic::graph::{By, Graph, Routing, SkillsAsked, Targets, Unknown};
use omnic::metadata::RoutingAction;
use omnic::source::{ApiVersion, Layout};

const XMLNS: &str = "xmlns=\"http://soap.sforce.com/2006/04/metadata\"";

/// A file with a component.
fn file(kind: &str, folder: &str, suffix: &str, name: &str, body: &str) -> (String, String) {
    (format!("{folder}/{name}.{suffix}-meta.xml"), format!("<{kind} {XMLNS}>{body}</{kind}>"))
}

fn queue(name: &str, label: &str) -> (String, String) {
    file("Queue", "queues", "queue", name, &format!("<name>{label}</name>"))
}

fn skill(name: &str, label: &str) -> (String, String) {
    file("Skill", "skills", "skill", name, &format!("<label>{label}</label>"))
}

fn config(name: &str) -> (String, String) {
    let body = format!(
        "<capacityWeight>1</capacityWeight><label>{name} label</label><routingModel>MOST_AVAILABLE</routingModel>\
         <routingPriority>1</routingPriority>"
    );
    file("QueueRoutingConfig", "queueRoutingConfigs", "queueRoutingConfig", name, &body)
}

fn flow(name: &str, parts: &[String]) -> (String, String) {
    let body = format!("{}<processType>RoutingFlow</processType><status>Active</status>", parts.concat());
    file("Flow", "flows", "flow", name, &body)
}

/// A value: `=text`, `@reference`, or `#name` of a setup component.
fn value(value: &str) -> String {
    let (sign, rest) = value.split_at(1);
    match sign {
        "=" => format!("<value><stringValue>{rest}</stringValue></value>"),
        "@" => format!("<value><elementReference>{rest}</elementReference></value>"),
        _ => format!(
            "<value><setupReference>{rest}</setupReference><setupReferenceType>Queue</setupReferenceType></value>"
        ),
    }
}

fn action(kind: &str, name: &str, inputs: &[(&str, &str)], more: &str) -> String {
    let inputs = inputs.iter().fold(String::new(), |mut text, (name, given)| {
        write!(text, "<inputParameters><name>{name}</name>{}</inputParameters>", value(given)).unwrap();
        text
    });
    format!(
        "<actionCalls><name>{name}</name><actionName>{kind}</actionName><actionType>{kind}</actionType>{inputs}{more}\
         </actionCalls>"
    )
}

/// A route-work action with a queue.
fn to_queue(queue: &str) -> String {
    action("routeWork", "Route", &[("serviceChannelDevName", "=sfdc_livemessage"), ("queueId", queue)], "")
}

fn to_skills(collection: &str) -> String {
    let inputs = [("skillOption", "=DefineSkillRequirements"), ("skillRequirementsResourceItem", collection)];
    action("routeWork", "Route", &inputs, "")
}

fn add_skills(name: &str, json: &str, extends: &str, to: &str) -> String {
    let json = format!("={}", json.replace('"', "&quot;"));
    let mut inputs = vec![("skillRequirement", json.as_str())];
    if !extends.is_empty() {
        inputs.push(("skillRequirementsResourceItem", extends));
    }
    let output = match to {
        "" => String::new(),
        to => format!(
            "<outputParameters><assignToReference>{to}</assignToReference><name>skillRequirements</name>\
             </outputParameters>"
        ),
    };
    action("addSkillRequirements", name, &inputs, &output)
}

fn lookup(name: &str, object: &str, filters: &[(&str, &str)], more: &str) -> String {
    let filters = filters.iter().fold(String::new(), |mut text, (field, given)| {
        let given = value(given);
        write!(text, "<filters><field>{field}</field><operator>EqualTo</operator>{given}</filters>").unwrap();
        text
    });
    format!(
        "<recordLookups><name>{name}</name>{filters}<object>{object}</object>{more}\
         <storeOutputAutomatically>true</storeOutputAutomatically></recordLookups>"
    )
}

fn variable(name: &str, more: &str) -> String {
    format!("<variables><name>{name}</name><dataType>String</dataType>{more}</variables>")
}

fn assign(to: &str, operator: &str, given: &str) -> String {
    format!(
        "<assignments><name>Set</name><assignmentItems><assignToReference>{to}</assignToReference>\
         <operator>{operator}</operator>{}</assignmentItems></assignments>",
        value(given)
    )
}

fn analysed(files: Vec<(String, String)>) -> Analysis {
    let files = files.into_iter().map(|(path, text)| TextFile { path, text, package: 0, ignored: false });
    analyse_texts(files.collect(), Layout::Folder, ApiVersion(66), &Options::default())
}

/// What an input may name: `~` behind what a label tells, `?` before why the rest is not known.
fn told(targets: &Targets) -> String {
    let known = targets.known.iter().map(|target| {
        let mark = if target.by == By::Label { "~" } else { "" };
        let lost = if target.node.is_none() { "!" } else { "" };
        format!("{}{mark}{lost}", target.name)
    });
    let mut parts: Vec<String> =
        known.chain(targets.unknown.iter().map(|unknown| format!("?{:?}", unknown.why))).collect();
    parts.sort();
    parts.dedup();
    parts.join(" ")
}

fn told_skills(skills: &SkillsAsked) -> String {
    let asked = skills.asked.iter().map(|asked| {
        let level = asked.level.map(|level| format!(":{level}")).unwrap_or_default();
        let additional = if asked.additional == Some(true) { "+" } else { "" };
        format!("{}{level}{additional}", told(&asked.skill))
    });
    let mut parts: Vec<String> =
        asked.chain(skills.unknown.iter().map(|unknown| format!("?{:?}", unknown.why))).collect();
    parts.sort();
    parts.join(" ")
}

/// What the only route-work action of a project may name.
fn routed(files: Vec<(String, String)>, of: fn(&Routing) -> String) -> String {
    let analysis = analysed(files);
    let works = analysis.graph.routings().iter().filter(|routing| routing.action == RoutingAction::RouteWork);
    works.map(of).collect::<Vec<_>>().join(" | ")
}

fn queues(parts: &[String]) -> String {
    queues_in(parts, Vec::new())
}

fn queues_in(parts: &[String], others: Vec<(String, String)>) -> String {
    let mut files = vec![queue("Support", "Support Team"), queue("Billing", "Billing Team"), flow("Main", parts)];
    files.extend(others);
    routed(files, |routing| told(&routing.queues))
}

fn skills(parts: &[String]) -> String {
    let files = vec![skill("German", "Deutsch"), skill("Billing", "Billing"), flow("Main", parts)];
    routed(files, |routing| told_skills(&routing.skills))
}

#[test]
fn a_queue_is_named_in_many_ways() {
    let by_name = lookup("Get_Queue", "Group", &[("DeveloperName", "=Support"), ("Type", "=Queue")], "");
    assert_eq!(queues(&[to_queue("#Support")]), "Support");
    assert_eq!(queues(&[to_queue("@Get_Queue.Id"), by_name.clone()]), "Support");
    assert_eq!(queues(&[to_queue("={!Get_Queue.Id}"), by_name.clone()]), "Support");
    assert_eq!(queues(&[to_queue("@get_queue.id"), by_name]), "Support", "names are compared without case");
    let by_label = lookup("Get_Queue", "Group", &[("Type", "=Queue"), ("Name", "=Support Team")], "");
    assert_eq!(queues(&[to_queue("@Get_Queue.Id"), by_label]), "Support~");
    let by_object = lookup("Get_Queue", "QueueSobject", &[("Queue.DeveloperName", "=Billing")], "");
    assert_eq!(queues(&[to_queue("@Get_Queue.QueueId"), by_object.clone()]), "Billing");
    assert_eq!(
        queues(&[to_queue("@Get_Queue.Id"), by_object]),
        "?NotItsId",
        "the Id of what says what the queue holds"
    );
    let missing = lookup("Get_Queue", "Group", &[("DeveloperName", "=Suport")], "");
    assert_eq!(queues(&[to_queue("@Get_Queue.Id"), missing]), "Suport");
}

#[test]
fn an_id_is_told_by_the_label_beside_it() {
    let given = |label: &str| {
        let inputs = [("queueId", "=00G5g000001AbCdEAK"), ("queueLabel", label)];
        queues(&[action("routeWork", "Route", &inputs, "")])
    };
    assert_eq!(given("=Support Team"), "Support~");
    assert_eq!(given("=Former Team"), "?OtherLabel");
    assert_eq!(queues(&[to_queue("=00G5g000001AbCdEAK")]), "?RecordId");
    let twins = vec![queue("Support_2", "Support Team")];
    let inputs = [("queueId", "=00G5g000001AbCdEAK"), ("queueLabel", "=Support Team")];
    assert_eq!(queues_in(&[action("routeWork", "Route", &inputs, "")], twins), "?OtherLabel");
}

#[test]
fn variables_hold_all_that_is_put_into_them() {
    let get = |name: &str, queue: &str, more: &str| {
        lookup(name, "Group", &[("DeveloperName", queue), ("Type", "=Queue")], more)
    };
    let (a, b) = (get("A", "=Support", ""), get("B", "=Billing", ""));
    let both = [
        to_queue("@queue"),
        variable("queue", ""),
        assign("queue", "Assign", "@A.Id"),
        assign("queue", "Assign", "@B.Id"),
        a.clone(),
        b,
    ];
    assert_eq!(queues(&both), "Billing Support");
    let open = "<isInput>true</isInput>";
    assert_eq!(queues(&[to_queue("@queue"), variable("queue", open)]), "?Input");
    let or_given = [to_queue("@queue"), variable("queue", open), assign("queue", "Assign", "@A.Id"), a.clone()];
    assert_eq!(queues(&or_given), "?Input Support");
    assert_eq!(queues(&[to_queue("@queue"), variable("queue", "")]), "?Unset");
    let field = "<outputAssignments><assignToReference>queue</assignToReference><field>Id</field></outputAssignments>";
    assert_eq!(queues(&[to_queue("@queue"), variable("queue", ""), get("C", "=Billing", field)]), "Billing");
    let record = "<outputReference>group</outputReference>";
    assert_eq!(queues(&[to_queue("@group.Id"), variable("group", ""), get("C", "=Billing", record)]), "Billing");
    let screen = "<screens><name>Ask</name><fields><name>f</name><outputParameters><assignToReference>queue\
                  </assignToReference></outputParameters></fields></screens>";
    let asked = [to_queue("@queue"), variable("queue", ""), assign("queue", "Assign", "@A.Id"), a, screen.to_owned()];
    assert_eq!(queues(&asked), "?Outside Support");
}

#[test]
fn the_name_in_a_filter_comes_from_anywhere() {
    let get = lookup("Get", "Group", &[("DeveloperName", "@name"), ("Type", "=Queue")], "");
    let with = |parts: &[String]| queues(&[&[to_queue("@Get.Id"), get.clone()], parts].concat());
    let constant = format!("<constants><name>name</name><dataType>String</dataType>{}</constants>", value("=Billing"));
    assert_eq!(with(&[constant]), "Billing");
    assert_eq!(with(&[variable("name", &value("=Support"))]), "Support");
    let formula = |text: &str| format!("<formulas><name>name</name><expression>{text}</expression></formulas>");
    assert_eq!(with(&[formula("&quot;Billing&quot;")]), "Billing");
    assert_eq!(with(&[formula("'Billing'")]), "Billing");
    assert_eq!(with(&[formula("IF({!x}, &quot;Billing&quot;, &quot;Support&quot;)")]), "?Computed");
    assert_eq!(with(&[formula("{!other}"), variable("other", &value("=Billing"))]), "Billing");
    assert_eq!(with(&[formula("{!$Label.Queue}")]), "?Label");
    assert_eq!(with(&[formula("{!$Record.Queue__c}")]), "?Global");
    let template = "<textTemplates><name>name</name><text>Billing</text></textTemplates>";
    assert_eq!(with(&[template.to_owned()]), "Billing");
    assert_eq!(with(&[variable("name", &value("=Queue_{!x}"))]), "?Computed");
    assert_eq!(with(&[]), "?Element");
}

#[test]
fn what_is_not_looked_up_by_a_name_is_not_known() {
    let with =
        |filters: &[(&str, &str)], more: &str| queues(&[to_queue("@Get.Id"), lookup("Get", "Group", filters, more)]);
    let or = "<filterLogic>or</filterLogic>";
    assert_eq!(with(&[("DeveloperName", "=Support"), ("DeveloperName", "=Billing")], or), "Billing Support");
    assert_eq!(with(&[("DeveloperName", "=Support"), ("Type", "=Queue")], or), "?LookUp");
    assert_eq!(
        with(&[("DeveloperName", "=Support"), ("Type", "=Queue")], "<filterLogic>1 AND 2</filterLogic>"),
        "Support"
    );
    assert_eq!(with(&[("Type", "=Queue")], ""), "?LookUp");
    let of_user = lookup("Get", "User", &[("Username", "=ana@example.com")], "");
    assert_eq!(queues(&[to_queue("@Get.Id"), of_user]), "?OtherType");
    let of_case = lookup("Get", "Case", &[("Id", "@recordId")], "");
    assert_eq!(queues(&[to_queue("@Get.OwnerId"), of_case]), "?LookUp");
    assert_eq!(queues(&[to_queue("@Ask.Id"), action("apex", "Ask", &[], "")]), "?Action");
}

#[test]
fn circles_end() {
    let round = [
        to_queue("@a"),
        variable("a", ""),
        variable("b", ""),
        assign("a", "Assign", "@b"),
        assign("b", "Assign", "@a"),
        assign("b", "Assign", "@Get.Id"),
        lookup("Get", "Group", &[("DeveloperName", "=Support")], ""),
    ];
    assert_eq!(queues(&round), "Support");
    let by_itself = [
        to_queue("@Get.Id"),
        variable("name", ""),
        assign("name", "Assign", "@Get.DeveloperName"),
        lookup("Get", "Group", &[("DeveloperName", "@name")], ""),
    ];
    assert_eq!(queues(&by_itself), "?TooFar");
    let mut long = vec![to_queue("@v0")];
    for at in 0..500 {
        long.push(variable(&format!("v{at}"), ""));
        long.push(assign(&format!("v{at}"), "Assign", &format!("@v{}", at + 1)));
    }
    assert_eq!(queues(&long), "?TooFar");
    let mut wide = vec![to_queue("@v0")];
    for at in 0..40 {
        wide.push(variable(&format!("v{at}"), ""));
        for _ in 0..2 {
            wide.push(assign(&format!("v{at}"), "Assign", &format!("@v{}", at + 1)));
        }
    }
    assert_eq!(queues(&wide), "?Element ?TooFar");
}

#[test]
fn flows_that_run_others_are_followed() {
    let run = |inputs: &str, outputs: &str| {
        format!("<subflows><name>Run</name><flowName>Find</flowName>{inputs}{outputs}</subflows>")
    };
    let finder = |more: &str| {
        flow(
            "Find",
            &[
                variable("name", "<isInput>true</isInput>"),
                variable("found", "<isOutput>true</isOutput>"),
                assign("found", "Assign", "@Get.Id"),
                lookup("Get", "Group", &[("DeveloperName", "@name"), ("Type", "=Queue")], ""),
                more.to_owned(),
            ],
        )
    };
    let given = format!("<inputAssignments><name>name</name>{}</inputAssignments>", value("=Billing"));
    let main = [to_queue("@Run.found"), run(&given, "")];
    assert_eq!(queues_in(&main, vec![finder("")]), "?Input Billing");
    assert_eq!(queues(&main), "?Subflow");
    let to = "<outputAssignments><assignToReference>queue</assignToReference><name>found</name></outputAssignments>";
    let main = [to_queue("@queue"), variable("queue", ""), run(&given, to)];
    assert_eq!(queues_in(&main, vec![finder("")]), "?Input Billing");
    // Two flows that run each other.
    let back = "<subflows><name>Back</name><flowName>Main</flowName></subflows>";
    assert_eq!(queues_in(&main, vec![finder(back)]), "?Input Billing");
    // The other way round: the flow that routes is run by others, which give the queue.
    let starter = flow(
        "Start",
        &[format!("<subflows><name>Run</name><flowName>Main</flowName>{}</subflows>", {
            format!("<inputAssignments><name>queueName</name>{}</inputAssignments>", value("=Support"))
        })],
    );
    let main = [
        to_queue("@Get.Id"),
        variable("queueName", "<isInput>true</isInput>"),
        lookup("Get", "Group", &[("DeveloperName", "@queueName"), ("Type", "=Queue")], ""),
    ];
    assert_eq!(queues_in(&main, vec![starter]), "?Input Support");
}

#[test]
fn skills_are_gathered_in_a_collection() {
    let one = |name: &str, rest: &str| format!("[{{\"id\":\"1a2b3c4d\",{name},\"skillLevel\":\"5\"{rest}}}]");
    let german = one("\"skillDevName\":\"German\"", ",\"isAdditionalSkill\":true");
    let list = variable("needed", "<isCollection>true</isCollection><objectType>SkillRequirement</objectType>");
    let by_output = [to_skills("@needed"), list.clone(), add_skills("Add", &german, "", "needed")];
    assert_eq!(skills(&by_output), "German:5+");
    assert_eq!(skills(&[to_skills("@Add.skillRequirements"), add_skills("Add", &german, "", "")]), "German:5+");
    let billing = one("\"skillId\":\"0C55g000000AbCdCAK\",\"skillLabel\":\"Billing\"", "");
    let extended = [
        to_skills("@needed"),
        list.clone(),
        add_skills("Add", &german, "@needed", "needed"),
        add_skills("Add_2", &billing, "@needed", "needed"),
    ];
    assert_eq!(skills(&extended), "Billing~:5 German:5+");
    let without_output = [to_skills("@needed"), list.clone(), add_skills("Add", &german, "@needed", "")];
    assert_eq!(skills(&without_output), "German:5+");
    let merged = one("\"skillId\":\"{!Get_Skill.Id}\",\"skillLabel\":\"\"", "");
    let by_lookup = [
        to_skills("@needed"),
        list.clone(),
        add_skills("Add", &merged, "", "needed"),
        lookup("Get_Skill", "Skill", &[("MasterLabel", "=Deutsch")], ""),
    ];
    assert_eq!(skills(&by_lookup), "German~:5");
    assert_eq!(skills(&[to_skills("@needed"), list.clone()]), "?Unset");
    let unread = [to_skills("@needed"), list.clone(), add_skills("Add", "{!json}", "", "needed")];
    assert_eq!(skills(&unread), "?Computed");
    let put_together = [
        to_skills("@needed"),
        list,
        variable("one", "<objectType>SkillRequirement</objectType>"),
        assign("one.SkillId", "Assign", "@Get_Skill.Id"),
        assign("needed", "Add", "@one"),
        lookup("Get_Skill", "Skill", &[("DeveloperName", "=German")], ""),
    ];
    assert_eq!(skills(&put_together), "German");
}

#[test]
fn channels_configurations_and_reps_are_known_alike() {
    let parts = [
        action(
            "routeWork",
            "Route",
            &[("serviceChannelDevName", "@channel"), ("routingConfigId", "@Get_Config.Id"), ("agentId", "@Get_Rep.Id")],
            "",
        ),
        format!("<constants><name>channel</name>{}</constants>", value("=sfdc_livemessage")),
        lookup("Get_Config", "QueueRoutingConfig", &[("DeveloperName", "=Tier_1")], ""),
        lookup("Get_Rep", "User", &[("Username", "=ana@example.com")], ""),
    ];
    let told_all = |routing: &Routing| {
        format!("{}; {}; {}", told(&routing.channels), told(&routing.configs), told(&routing.agents))
    };
    assert_eq!(
        routed(vec![config("Tier_1"), flow("Main", &parts)], told_all),
        "sfdc_livemessage; Tier_1; ana@example.com"
    );
    let labelled = [("routingConfigId", "=0K95g000000AbCdCAK"), ("routingConfigLabel", "=Tier_1 label")];
    let parts = [action("routeWork", "Route", &labelled, "")];
    assert_eq!(routed(vec![config("Tier_1"), flow("Main", &parts)], |routing| told(&routing.configs)), "Tier_1~");
}

#[test]
fn flow_definitions_say_which_version_runs() {
    let version = |number: u32, status: &str, queue: &str| {
        let body = format!("{}<processType>RoutingFlow</processType><status>{status}</status>", to_queue(queue));
        (format!("flows/Route-{number}.flow"), format!("<Flow {XMLNS}>{body}</Flow>"))
    };
    let definition = |active: &str| {
        let body = format!("<FlowDefinition {XMLNS}>{active}</FlowDefinition>");
        ("flowDefinitions/Route.flowDefinition".to_owned(), body)
    };
    let running = |files: Vec<(String, String)>| {
        let analysis = analysed(files);
        let graph: &Graph = &analysis.graph;
        assert!(
            analysis.diagnostics.iter().all(|d| d.code != "OC007" && d.code != "OC006"),
            "{:#?}",
            analysis.diagnostics
        );
        let flows = graph.all::<omnic::metadata::Flow>().filter(|flow| graph.runs(*flow));
        let names: Vec<String> = flows.map(|flow| flow.component.name.clone()).collect();
        let node = graph.find(omnic::schema::Kind::Flow, "Route").unwrap();
        (names.join(" "), graph.get::<omnic::metadata::Flow>(node).unwrap().component.name.clone())
    };
    let both = || vec![version(2, "Active", "#Support"), version(10, "Active", "#Billing")];
    let with = |active: &str| running([both(), vec![definition(active)]].concat());
    let number = |number: &str| format!("<activeVersionNumber>{number}</activeVersionNumber>");
    assert_eq!(with(&number("2")), ("Route-2".to_owned(), "Route-2".to_owned()));
    assert_eq!(with(&number("10")), ("Route-10".to_owned(), "Route-10".to_owned()));
    assert_eq!(with(&number("0")), (String::new(), "Route-10".to_owned()));
    assert_eq!(with(""), (String::new(), "Route-10".to_owned()));
    assert_eq!(running(both()).1, "Route-10", "without a definition the latest that is active");
}

/// Prints how many of the routing actions of real projects, and of the examples, are known.
#[test]
fn how_many_are_known() {
    let mut roots = vec![("examples".to_owned(), Path::new("examples").to_path_buf())];
    if let Some(corpus) = std::env::var_os("OMNIC_CORPUS") {
        roots.push(("corpus".to_owned(), corpus.into()));
    }
    for (name, root) in roots {
        let folders = std::fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path());
        let projects = folders.filter(|path| path.join("sfdx-project.json").is_file());
        let (mut known, mut partly, mut unknown) = (0, 0, 0);
        for path in projects {
            let (_, analysis) = common::check(&path, false);
            for routing in analysis.graph.routings() {
                let inputs = [&routing.channels, &routing.queues, &routing.configs, &routing.agents, &routing.bots];
                let mut open: Vec<Unknown> = inputs.iter().flat_map(|targets| targets.unknown.clone()).collect();
                open.extend(routing.skills.unknown.iter().copied());
                open.extend(routing.skills.asked.iter().flat_map(|asked| asked.skill.unknown.clone()));
                let some = inputs.iter().any(|targets| !targets.known.is_empty()) || !routing.skills.asked.is_empty();
                match (open.is_empty(), some) {
                    (true, _) => known += 1,
                    (false, true) => partly += 1,
                    (false, false) => unknown += 1,
                }
            }
        }
        println!("{name}: {known} known, {partly} partly known, {unknown} unknown");
        assert!(known + partly > 0, "{name}");
    }
}

#[test]
fn more_values_than_anyone_reads_are_not_told_apart() {
    let many = |to: &str, given: &dyn Fn(usize) -> String| -> String {
        (0..300).map(|number| assign(to, "Assign", &given(number))).collect()
    };
    let texts = many("v", &|number| format!("=Q{number}"));
    let again = many("w", &|_| "@v".to_owned());
    let route = |from: &str| {
        let parts = [to_queue(from), texts.clone(), again.clone(), variable("v", ""), variable("w", "")];
        routed(vec![flow("Route", &parts)], |routing| {
            assert!(routing.queues.known.len() <= 200, "{}", routing.queues.known.len());
            told(&Targets { known: Vec::new(), ..routing.queues.clone() })
        })
    };
    assert_eq!((route("@v"), route("@w")), ("?TooFar".to_owned(), "?TooFar".to_owned()));
}
