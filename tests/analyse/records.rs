//! Records of an org: each form that the Salesforce CLI writes gives the same facts, and a damaged file costs what is
//! damaged.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use std::fmt::Write as _;

use omnic::records::{Below, Member, Object, Records, Trouble, read};
use omnic::source::{Boundary, FileId, FolderFile, LineIndex, read_folder};

fn file(path: &str, text: &str) -> FolderFile {
    FolderFile { path: path.to_owned(), text: Ok(text.to_owned()) }
}

fn records(files: &[(&str, &str)]) -> Records {
    let files: Vec<_> = files.iter().map(|(path, text)| file(path, text)).collect();
    read(&files, FileId(0))
}

/// Everything that was read, without places.
fn told(records: &Records) -> String {
    let mut text = String::new();
    let user = |index: u32| &*records.users[index as usize].name;
    let role = |index: u32| &*records.roles[index as usize].name;
    for one in &records.users {
        let (profile, role) = (one.profile.as_deref().unwrap_or("-"), one.role.map_or("-", role));
        let active = if one.active { "" } else { " (inactive)" };
        let more = if one.has_set_group { " with a permission set group" } else { "" };
        let _ = writeln!(text, "user {}{active}: {profile}, {role}{more}", one.name);
    }
    for one in &records.roles {
        let external = if one.external { " (external)" } else { "" };
        let _ = writeln!(text, "role {}{external} below {}", one.name, one.parent.map_or("-", role));
    }
    for one in &records.groups {
        let members: Vec<String> = one
            .members
            .iter()
            .map(|member| match *member {
                Member::User(index) => user(index).to_owned(),
                Member::Group(index) => records.groups[index as usize].name.to_string(),
                Member::Role(index, Below::None) => role(index).to_owned(),
                Member::Role(index, below) => format!("{} and {below:?}", role(index)),
            })
            .collect();
        let complete = if one.complete { "" } else { " and others" };
        let _ = writeln!(text, "{:?} {}: {}{complete}", one.kind, one.name, members.join(", "));
    }
    for one in &records.assignments {
        let _ = writeln!(text, "{} has {}", user(one.user), one.set);
    }
    for one in &records.skills {
        let _ = writeln!(text, "{} knows {} {:?}", user(one.user), one.skill, one.level);
    }
    text
}

/// What could not be used: line, column, trouble.
fn problems(files: &[(&str, &str)]) -> String {
    let records = records(files);
    let mut told = String::new();
    for problem in &records.problems {
        let (path, text) = files[problem.location.file.0 as usize];
        let start = LineIndex::new(text).position(problem.location.span.start);
        let part = problem.location.span.slice(text);
        let more = if problem.more > 0 { format!(" and {} more", problem.more) } else { String::new() };
        let (line, column, trouble) = (start.line, start.column, &problem.trouble);
        let _ = writeln!(told, "{path}:{line}:{column} [{part}] {trouble:?}{more}");
    }
    told
}

const USERS: &str = r#"{
  "status": 0,
  "result": {
    "records": [
      {
        "attributes": { "type": "User", "url": "/services/data/v66.0/sobjects/User/005000000000001AAA" },
        "Id": "005000000000001AAA",
        "Username": "ana@example.com",
        "IsActive": true,
        "Profile": { "attributes": { "type": "Profile" }, "Name": "Standard User" },
        "UserRole": { "attributes": { "type": "UserRole" }, "DeveloperName": "Support" }
      },
      {
        "attributes": { "type": "User", "url": "/services/data/v66.0/sobjects/User/005000000000002AAA" },
        "Id": "005000000000002AAA",
        "Username": "ben@example.com",
        "IsActive": false,
        "Profile": { "attributes": { "type": "Profile" }, "Name": "Support, \"Tier 1\"" },
        "UserRole": null
      }
    ],
    "totalSize": 2,
    "done": true
  },
  "warnings": []
}"#;

const ROLES: &str = "Id,DeveloperName,ParentRoleId,PortalType\n\
                     00E000000000001AAA,CEO,,None\n\
                     00E000000000002AAA,Support,00E000000000001,None\n\
                     00E000000000003AAA,Partner,00E000000000001AAA,Partner\n";

const GROUPS: &str = "Id,DeveloperName,Type,RelatedId\n\
                      00G000000000001AAA,Tier_1,Regular,\n\
                      00G000000000002AAA,Night,Regular,\n\
                      00G000000000003AAA,CEO,RoleAndSubordinatesInternal,00E000000000001AAA\n\
                      00G000000000004AAA,Cases,Queue,\n\
                      00G000000000005AAA,AllInternalUsers,Organization,\n";

const MEMBERS: &str = "GroupId,UserOrGroupId\n\
                       00G000000000001AAA,005000000000001AAA\n\
                       00G000000000001AAA,00G000000000002AAA\n\
                       00G000000000002AAA,00G000000000003AAA\n\
                       00G000000000004AAA,00G000000000001AAA\n";

#[test]
fn records_lead_to_one_another() {
    let records = records(&[
        ("Group.csv", GROUPS),
        ("GroupMember.csv", MEMBERS),
        (
            "PermissionSetAssignment.csv",
            "Assignee.Username,PermissionSet.Name,PermissionSet.NamespacePrefix,PermissionSet.IsOwnedByProfile,\
             PermissionSetGroupId\n\
             ANA@example.com,Agent,,false,\nana@example.com,X00e1,,true,\nben@example.com,Tool,vendor,false,\n\
             ben@example.com,Team0PG,,false,0PG000000000001AAA\n",
        ),
        (
            "ServiceResource.csv",
            "Id,RelatedRecordId,IsActive\n0Hn000000000001AAA,005000000000001AAA,true\n0Hn000000000002AAA,,true\n",
        ),
        (
            "ServiceResourceSkill.csv",
            "ServiceResourceId,Skill.DeveloperName,SkillLevel\n0Hn000000000001AAA,German,7.5\n0Hn000000000002AAA,German,1\n",
        ),
        ("SkillUser.csv", "UserId,SkillId\n005000000000002AAA,0C5000000000001AAA\n"),
        ("Skill.csv", "Id,DeveloperName\n0C5000000000001AAA,French\n"),
        ("User.json", USERS),
        ("UserRole.csv", ROLES),
    ]);
    assert_eq!(records.problems, []);
    assert!(Object::ALL.into_iter().all(|object| records.is_whole(object)));
    insta::assert_snapshot!(told(&records));
}

#[test]
fn each_form_gives_the_same() {
    let rows = USERS.split_once("\"records\": ").unwrap().1.split_once(",\n    \"totalSize\"").unwrap().0;
    let roles = ("UserRole.csv", ROLES);
    let as_envelope = records(&[("User.json", USERS), roles]);
    let csv = "Id,Username,IsActive,Profile.Name,UserRole.DeveloperName\r\n\
               005000000000001AAA,ana@example.com,true,Standard User,Support\r\n\
               005000000000002AAA,ben@example.com,false,\"Support, \"\"Tier 1\"\"\",\r\n";
    let bulk = r#"[{"Id": "005000000000001AAA", "Username": "ana@example.com", "IsActive": "true",
                    "Profile.Name": "Standard User", "UserRole.DeveloperName": "Support"},
                   {"Id": "005000000000002AAA", "Username": "ben@example.com", "IsActive": "false",
                    "Profile.Name": "Support, \"Tier 1\"", "UserRole.DeveloperName": ""}]"#;
    for (path, text) in [
        ("anything.json", rows.to_owned()),
        ("anything.json", format!("{{\"records\": {rows}, \"totalSize\": 2, \"done\": true}}")),
        ("anything.json", format!("\u{feff}{USERS}")),
        // The Id stands in the attributes too.
        ("anything.json", USERS.replace("\"Id\": \"005000000000001AAA\",", "")),
        ("users.csv", csv.to_owned()),
        ("User.csv", format!("\u{feff}{csv}")),
        ("User.csv", csv.replace("\r\n", "\n").to_uppercase().replacen("ID,USERNAME", "iD,userName", 1).to_lowercase()),
        ("User.json", bulk.to_owned()),
    ] {
        let other = records(&[(path, &text), roles]);
        assert_eq!(other.problems, [], "{text}");
        assert_eq!(told(&other).to_lowercase(), told(&as_envelope).to_lowercase(), "{text}");
        assert!(other.knows_roles);
    }
}

#[test]
fn trees_and_their_references() {
    let tree = r#"{"records": [
        {"attributes": {"type": "Group", "referenceId": "GroupRef1"}, "DeveloperName": "Tier_1", "Type": "Regular",
         "GroupMembers": {"records": [
            {"attributes": {"type": "GroupMember", "referenceId": "GroupMemberRef1"}, "UserOrGroupId": "@GroupRef2"},
            {"attributes": {"type": "GroupMember", "referenceId": "GroupMemberRef2"},
             "UserOrGroupId": "005000000000001AAA"}]}},
        {"attributes": {"type": "Group", "referenceId": "GroupRef2"}, "DeveloperName": "Night", "Type": "Regular"}
    ]}"#;
    let plan = r#"[{"sobject": "Group", "saveRefs": true, "resolveRefs": true, "files": ["Group.json"]}]"#;
    let roles = r#"{"records": [
        {"attributes": {"type": "UserRole", "referenceId": "UserRoleRef1"}, "DeveloperName": "CEO"},
        {"attributes": {"type": "UserRole", "referenceId": "UserRoleRef2"}, "DeveloperName": "Support",
         "ParentRoleId": "@UserRoleRef1"}]}"#;
    let records = records(&[
        ("Group-GroupMember-plan.json", plan),
        ("Group-GroupMember.json", tree),
        ("User.json", USERS),
        ("x.json", roles),
    ]);
    assert_eq!(records.problems, []);
    insta::assert_snapshot!(told(&records));
}

#[test]
fn a_damaged_file_costs_what_is_damaged() {
    let cut = &USERS[..USERS.find("\"IsActive\": false").unwrap()];
    assert_eq!(
        told(&records(&[("User.json", cut)])).lines().next(),
        Some("user ana@example.com: Standard User, Support")
    );
    let flag = USERS.replace("\"IsActive\": false", "\"IsActive\": \"maybe\"");
    let name = USERS.replace("\"Username\": \"ben@example.com\"", "\"Username\": 7");
    let csv = "Id,Username,IsActive\n005000000000001AAA,ana@example.com,true\n\n005000000000002AAA,ben@example.com\n\
               005000000000003AAA,\"cy\n@example.com\",true,x\n005000000000004AAA,dan@example.com,yes\n005000000000005AAA,,true\n";
    let told: Vec<String> = [
        problems(&[("User.json", cut)]),
        problems(&[("User.json", &flag)]),
        problems(&[("User.json", &name)]),
        problems(&[("User.csv", csv)]),
        problems(&[("User.csv", "Id;Username;IsActive\n1;2;3\n")]),
        problems(&[("list.csv", "Id,Username\n1,2\n")]),
        problems(&[("list.json", "[{\"Id\": \"1\"}, 7]")]),
        problems(&[(
            "Account.json",
            r#"[{"attributes": {"type": "Account"}, "Name": "A"}, {"attributes": {"type": "Account"}}]"#,
        )]),
        problems(&[(
            "User.json",
            r#"{"status": 1, "name": "NoDefaultEnvError", "message": "No default environment found."}"#,
        )]),
        problems(&[("User.json", "{\"status\": 0}")]),
        problems(&[("User.json", &USERS.replace("\"totalSize\": 2", "\"totalSize\": 2500"))]),
        problems(&[("User.json", "")]),
        problems(&[("User.json", "{} x")]),
        problems(&[("User.csv", "")]),
    ]
    .into();
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn what_leads_nowhere_is_told_once_a_file() {
    let members =
        MEMBERS.replace("005000000000001AAA", "005000000000009AAA") + "00G000000000008AAA,005000000000001AAA\n";
    let files = [
        ("Group.csv", &*GROUPS.replace(",00E000000000001AAA", ",00E000000000009AAA")),
        ("GroupMember.csv", &*members),
        (
            "PermissionSetAssignment.json",
            r#"[{"Assignee": {"Username": "zoe@example.com"}, "PermissionSet": {"Name": "Agent"}},
                {"Assignee": {"Username": "ana@example.com"}, "PermissionSet": {"Name": "Agent"}},
                {"Assignee": {"Username": "yan@example.com"}, "PermissionSet": {"Name": "Agent"}}]"#,
        ),
        ("SkillUser.csv", "UserId,SkillId\n005000000000002AAA,0C5000000000001AAA\n"),
        ("User.json", USERS),
        (
            "UserRole.csv",
            &*ROLES.replace("00E000000000002AAA,Support,00E000000000001", "00E000000000002AAA,Sales,00E000000000007"),
        ),
    ];
    insta::assert_snapshot!(format!("{}\n{}", problems(&files), told(&records(&files))));
}

#[test]
fn a_query_of_nothing_is_no_problem() {
    let none = r#"{"status": 0, "result": {"records": [], "totalSize": 0, "done": true}}"#;
    let records =
        records(&[("User.json", USERS), ("SkillUser.json", none), ("GroupMember.csv", "GroupId,UserOrGroupId\n")]);
    assert_eq!(records.problems, []);
    assert!(records.is_whole(Object::SkillUser) && records.is_whole(Object::GroupMember));
    assert!(!records.has(Object::Group));
}

#[test]
fn what_nothing_leads_to_is_not_asked_for() {
    // Without users, nobody can be an assignee, and there is nothing to be said of each.
    let records =
        records(&[("PermissionSetAssignment.csv", "Assignee.Username,PermissionSet.Name\na@example.com,Agent\n")]);
    assert_eq!(records.problems, []);
}

#[test]
fn hostile_files_end() {
    let deep = format!("{}{}", "{\"result\":".repeat(10_000), "1");
    let records_in_records = format!("{{\"records\":[{}", "{\"a\":{\"records\":[".repeat(10_000));
    let nested =
        format!("[{}1{}]", "{\"attributes\":{\"type\":\"User\"},\"a\":{\"records\":[".repeat(40), "]}}".repeat(40));
    for text in [deep, records_in_records, "[".repeat(100_000), nested, "\u{feff}".to_owned(), "\u{0}".to_owned()] {
        for path in ["User.json", "User.csv"] {
            let records = records(&[(path, &text)]);
            assert!(!records.problems.is_empty(), "{path} {text:.60}");
        }
    }
}

#[test]
fn a_folder_gives_its_files_sorted_and_says_what_cannot_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &[u8]| std::fs::write(folder.path().join(name), text).unwrap();
    write("b.CSV", b"x");
    write("a.json", b"{}");
    write("c.csv", &[0xFF, 0xFE, 0x41]);
    write("notes.md", b"");
    std::fs::create_dir(folder.path().join("inventory.json")).unwrap();
    let project = folder.path().join("project");
    let boundary = Boundary::around(&project, false);
    let files = read_folder(&project, &boundary, folder.path()).unwrap();
    let told: Vec<_> = files.iter().map(|file| (file.path.as_str(), file.text.is_ok())).collect();
    assert_eq!(told, [("../a.json", true), ("../b.CSV", true), ("../c.csv", false)]);
    assert!(read_folder(&project, &boundary, &folder.path().join("nowhere")).is_err());
}

#[test]
fn what_cannot_be_read_is_damaged() {
    let problem = omnic::source::ReadProblem::NotUtf8(0);
    let files = [FolderFile { path: "User.csv".to_owned(), text: Err(problem) }, file("UserRole.csv", ROLES)];
    let records = read(&files, FileId(0));
    assert!(!records.is_whole(Object::User) && records.is_whole(Object::UserRole));
}

#[test]
fn troubles_of_several_files_stay_apart() {
    let bad = "Id,Username,IsActive\n1,a@example.com,maybe\n2,b@example.com,maybe\n";
    let records = records(&[("User.csv", bad), ("users.csv", bad)]);
    let more: Vec<_> = records.problems.iter().map(|problem| (problem.location.file.0, problem.more)).collect();
    assert_eq!(more, [(0, 1), (1, 1)]);
    assert!(records.problems.iter().all(|problem| matches!(problem.trouble, Trouble::WrongType { .. })));
}

#[test]
fn skill_assignments_have_their_dates() {
    let with = |rows: &str| {
        let resources = "Id,RelatedRecordId,IsActive\n0Hn000000000001AAA,005000000000001AAA,true\n";
        let csv = format!("ServiceResourceId,Skill.DeveloperName,EffectiveStartDate,EffectiveEndDate\n{rows}");
        let files = [("User.json", USERS), ("UserRole.csv", ROLES), ("ServiceResource.csv", resources)];
        let records = records(&[files.as_slice(), &[("ServiceResourceSkill.csv", &csv)]].concat());
        let date = |at: Option<jiff::Timestamp>| at.map_or("-".to_owned(), |at| at.to_string());
        let skills = records.skills.iter();
        let told: Vec<_> =
            skills.map(|held| format!("{} {} {}", held.skill, date(held.from), date(held.until))).collect();
        (told.join("; "), records.is_whole(Object::ServiceResourceSkill), records.problems.len())
    };
    let row = |skill: &str, from: &str, until: &str| format!("0Hn000000000001AAA,{skill},{from},{until}\n");
    let read = |text: &str| (text.to_owned(), true, 0);
    // As `sf data query` writes them.
    let both = row("German", "2026-01-01T08:00:00.000+0000", "2026-06-30T20:00:00.000+0000");
    assert_eq!(with(&both), read("German 2026-01-01T08:00:00Z 2026-06-30T20:00:00Z"));
    assert_eq!(with(&row("German", "2026-01-01T08:00:00Z", "")), read("German 2026-01-01T08:00:00Z -"));
    // A date alone is the whole day.
    let days = row("French", "2026-01-01", "2026-06-30");
    assert_eq!(with(&days), read("French 2026-01-01T00:00:00Z 2026-07-01T00:00:00Z"));
    // A damaged date costs its record alone.
    assert_eq!(with(&(row("French", "soon", "") + &row("German", "", ""))), ("German - -".to_owned(), false, 1));
}
