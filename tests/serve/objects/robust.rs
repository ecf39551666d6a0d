//! Nothing that clients send makes the catalogue stop.

use proptest::prelude::*;
use serde_json::{Map, Value};

use crate::objects::room::{Catalogue, Write};

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| serde_json::Number::from_f64(number).map_or(Value::Null, Value::Number)),
        "\\PC{0,40}".prop_map(Value::from),
        "[0-9TZ:.+-]{0,30}".prop_map(Value::from),
        Just(serde_json::json!({"Name": "x"})),
        Just(serde_json::json!([1])),
    ]
}

proptest! {
    #[test]
    fn any_body_is_answered_the_same_twice(
        object in any::<prop::sample::Index>(),
        fields in prop::collection::vec((any::<prop::sample::Index>(), value()), 0..6),
        other in prop::collection::vec(("\\PC{0,20}", value()), 0..2),
        version in 0_u32..80,
    ) {
        let catalogue = Catalogue::standard();
        let objects = catalogue.objects().collect::<Vec<_>>();
        let object = objects[object.index(objects.len())];
        let names = object.fields().map(|field| field.name.clone()).collect::<Vec<_>>();
        let mut body = fields
            .into_iter()
            .map(|(name, value)| (names[name.index(names.len())].to_uppercase(), value))
            .collect::<Map<_, _>>();
        body.extend(other);
        prop_assert_eq!(object.check_create(version, &body), object.check_create(version, &body));
        prop_assert_eq!(object.check_update(version, &body), object.check_update(version, &body));
        if object.check_create(version, &body).is_ok() {
            prop_assert!(object.may(Write::Create, version).is_ok());
            for name in body.keys().filter(|name| *name != "attributes") {
                prop_assert!(object.column(name, version).is_some_and(|field| field.properties.create));
            }
        }
    }

    #[test]
    fn any_name_is_looked_up(name in "\\PC{0,40}", version in any::<u32>()) {
        let catalogue = Catalogue::standard();
        prop_assert_eq!(catalogue.object(&name).is_some(), catalogue.object(&name.to_lowercase()).is_some());
        catalogue.by_prefix(&name);
        catalogue.describe(&name, version);
        catalogue.associated(&name);
        for object in catalogue.objects() {
            object.column(&name, version);
            object.parent(&name);
            object.child(&name);
        }
    }
}
