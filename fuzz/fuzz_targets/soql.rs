//! Any text is a query that prints to what prints the same and answers the same, or is refused with a place inside it.
#![no_main]

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use libfuzzer_sys::fuzz_target;
use omnic::serve::soql::{ChildInfo, Context, FieldInfo, FieldType, ObjectInfo, ParentInfo, Query, Row, Rows, Schema};
use serde_json::{Value, json};

/// Has every object and every field: the first letter of a field is its type. `parent…` and `owner…` are parents.
struct Anything;

/// A record whose fields hold values of their types.
#[derive(Clone, Copy)]
struct Record(u32);

fn kind(field: &str) -> FieldType {
    match field.to_ascii_lowercase().as_bytes().first() {
        _ if field.eq_ignore_ascii_case("id") => FieldType::Id,
        Some(b'r') => FieldType::Reference,
        Some(b'b') => FieldType::Boolean,
        Some(b'n') => FieldType::Int,
        Some(b'd') => FieldType::Double,
        Some(b'y') => FieldType::Date,
        Some(b't') => FieldType::Datetime,
        Some(b'm') => FieldType::Multipicklist,
        Some(b'a') => FieldType::Address,
        _ => FieldType::String,
    }
}

impl Schema for Anything {
    fn object(&self, name: &str) -> Option<ObjectInfo> {
        Some(ObjectInfo { name: name.to_ascii_lowercase().into(), key_prefix: None, queryable: true })
    }

    fn field(&self, _: &str, name: &str) -> Option<FieldInfo> {
        let name = if name.eq_ignore_ascii_case("id") { "Id".to_owned() } else { name.to_ascii_lowercase() };
        Some(FieldInfo::new(name.as_str(), kind(&name)))
    }

    fn fields(&self, _: &str) -> Vec<FieldInfo> {
        ["Id", "name", "number", "time__c"].into_iter().map(|name| FieldInfo::new(name, kind(name))).collect()
    }

    fn parent(&self, _: &str, relationship: &str) -> Option<ParentInfo> {
        let relationship = relationship.to_ascii_lowercase();
        let objects = match relationship.as_bytes().first()? {
            b'p' => vec!["parent".into()],
            b'o' => vec!["user".into(), "group".into()],
            _ => return None,
        };
        Some(ParentInfo { relationship: relationship.into(), field: "reference".into(), objects })
    }

    fn child(&self, _: &str, relationship: &str) -> Option<ChildInfo> {
        let relationship = relationship.to_ascii_lowercase();
        Some(ChildInfo { relationship: relationship.into(), object: "child".into(), field: "reference".into() })
    }
}

impl Row for Record {
    fn value(&self, field: &str) -> Cow<'_, Value> {
        let n = self.0;
        Cow::Owned(match kind(field) {
            _ if n == 2 && field != "Id" => Value::Null,
            FieldType::Id | FieldType::Reference => json!(format!("00000000000000{n}AAA")),
            FieldType::Boolean => json!(n == 0),
            FieldType::Int => json!(n),
            FieldType::Double => json!(f64::from(n) / 2.0),
            FieldType::Date => json!(format!("2026-11-0{}", n + 1)),
            FieldType::Datetime => json!(format!("2026-11-30T0{n}:00:00.000+0000")),
            _ => json!(format!("a;{n}")),
        })
    }
}

impl Rows for Anything {
    type Row<'r> = Record;

    fn rows<'r>(&'r self, _: &str) -> Box<dyn Iterator<Item = Record> + 'r> {
        Box::new((0..4).map(Record))
    }

    fn by_id<'r>(&'r self, object: &str, id: &str) -> Option<Record> {
        let n = id.get(14..15)?.parse().ok()?;
        (object != "user" || n == 0).then_some(Record(n))
    }
}

fuzz_target!(|text: &str| {
    let query = match Query::parse(text, 56) {
        Ok(query) => query,
        Err(error) => {
            assert!(error.span.start <= error.span.end && error.span.end as usize <= text.len());
            assert!(text.is_char_boundary(error.span.start as usize) && text.is_char_boundary(error.span.end as usize));
            return;
        }
    };
    let print = query.to_string();
    let again = Query::parse(&print, 56).unwrap();
    assert_eq!(again.to_string(), print);
    let context = Context { now: Timestamp::from_second(1_796_000_000).unwrap(), time_zone: TimeZone::UTC };
    if let Ok(topic) = query.push_topic(&Anything) {
        topic.matches(&Record(1), &context);
    }
    match (query.check(&Anything), again.check(&Anything)) {
        (Ok(plan), Ok(again)) => {
            plan.columns();
            assert_eq!(plan.run(&Anything, &context), again.run(&Anything, &context));
        }
        (Err(error), Err(again)) => assert_eq!((error.code, error.reason), (again.code, again.reason)),
        _ => panic!("{print}"),
    }
});
