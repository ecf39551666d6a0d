//! What holds of all files.

use std::collections::BTreeSet;
use std::path::Path;

use crate::objects::room::{Catalogue, CatalogueError, FieldType, Texts};

const SHARED: [&str; 5] = ["associated", "generic", "system-fields", "unserved", "value-sets"];

fn folder() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/objects");
    std::fs::read_dir(folder)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name in UTF-8"))
        .map(|name| name.strip_suffix(".toml").expect("only TOML").to_owned())
        .filter(|name| !SHARED.contains(&name.as_str()))
        .collect()
}

#[test]
fn each_file_is_embedded_and_holds_the_object_of_its_name() {
    let catalogue = Catalogue::standard();
    let names = catalogue.objects().map(|object| object.name.clone()).collect::<BTreeSet<_>>();
    assert_eq!(names, folder());
}

#[test]
fn references_lead_to_objects_that_exist() {
    let catalogue = Catalogue::standard();
    for object in catalogue.objects() {
        for field in object.fields() {
            let place = format!("{}.{}", object.name, field.name);
            assert_eq!(field.kind == FieldType::Reference, !field.references.is_empty(), "{place}");
            for target in &field.references {
                let known = catalogue.object(target).map(|object| object.name.as_str()).or(catalogue.unserved(target));
                assert_eq!(known, Some(target.as_str()), "{place}");
            }
            let polymorphic = field.references.iter().collect::<BTreeSet<_>>();
            assert_eq!(polymorphic.len(), field.references.len(), "{place} names a target twice");
        }
    }
}

#[test]
fn picklists_have_values_and_their_defaults_are_among_them() {
    let catalogue = Catalogue::standard();
    for object in catalogue.objects() {
        for field in object.fields() {
            let place = format!("{}.{}", object.name, field.name);
            let picklist = matches!(field.kind, FieldType::Picklist | FieldType::Multipicklist | FieldType::Combobox);
            assert!(!field.properties.restricted_picklist || !field.values.is_empty(), "{place} has no values");
            assert!(picklist || field.values.is_empty(), "{place} is not a picklist");
            let values = field.values.iter().map(|value| value.value.to_lowercase()).collect::<BTreeSet<_>>();
            assert_eq!(values.len(), field.values.len(), "{place} has a value twice");
            if let Some(default) = &field.default {
                let fits = match field.kind {
                    FieldType::Boolean => default.is_boolean(),
                    _ => default.as_str().is_some_and(|text| field.values.iter().any(|value| value.value == text)),
                };
                assert!(fits, "{place} has the default {default}");
            }
        }
    }
}

#[test]
fn versions_sizes_and_names_make_sense() {
    let catalogue = Catalogue::standard();
    for object in catalogue.objects() {
        assert!(object.until.is_none_or(|until| object.since <= until), "{}", object.name);
        assert!(!object.label.is_empty() && !object.plural.is_empty() && !object.source.is_empty(), "{}", object.name);
        let prefix = object.prefix.as_deref().unwrap_or_default();
        assert!(prefix.len() == 3 && prefix.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{}", object.name);
        assert!(object.field("Id").is_some_and(|id| id.system && id.kind == FieldType::Id), "{}", object.name);
        for field in object.fields() {
            let place = format!("{}.{}", object.name, field.name);
            assert!(field.since >= object.since && field.until.is_none_or(|until| field.since <= until), "{place}");
            assert!(!field.label.is_empty(), "{place}");
            assert!(field.scale <= field.precision, "{place}");
            assert_eq!(field.kind.is_decimal(), field.precision > 0, "{place}");
            assert_eq!(field.kind.is_text() || field.kind.soap() == "tns:ID", field.length > 0, "{place}");
            assert!(!field.system || !(field.properties.create || field.properties.update), "{place}");
            assert!(!field.properties.autonumber || !field.properties.create, "{place}");
        }
        if let Some((field, _)) = [&object.writes.update, &object.writes.delete]
            .into_iter()
            .flatten()
            .find_map(|condition| condition.only.as_ref())
        {
            assert!(object.field(field).is_some(), "{} has a rule about {field}", object.name);
        }
    }
}

#[test]
fn wrong_files_are_named_with_what_is_wrong() {
    let file = |more: &str| {
        format!(
            "name = \"T\"\nlabel = \"T\"\nplural = \"Ts\"\nclass = \"record\"\nsince = 10\ncalls = [\"query\"]\n\
             system = [\"Id\"]\nsource = \"a test\"\n{more}\n[fields.A]\ntype = \"string\"\nlabel = \"A\"\n\
             properties = [\"create\"]\n"
        )
    };
    let load = |objects: &[(&str, &str)]| {
        let texts = Texts {
            objects,
            system_fields: include_str!("../../../schemas/objects/system-fields.toml"),
            value_sets: include_str!("../../../schemas/objects/value-sets.toml"),
            associated: include_str!("../../../schemas/objects/associated.toml"),
            unserved: include_str!("../../../schemas/objects/unserved.toml"),
            generic: include_str!("../../../schemas/objects/generic.toml"),
        };
        Catalogue::load(&texts).map(|catalogue| catalogue.objects().count())
    };
    let good = file("");
    assert_eq!(load(&[("T.toml", &good)]), Ok(1));
    assert!(matches!(load(&[("T.toml", "name = ")]), Err(CatalogueError::Unreadable { file, .. }) if file == "T.toml"));
    assert!(matches!(load(&[("T.toml", &file("colour = 1"))]), Err(CatalogueError::Unreadable { .. })));
    for (text, message) in [
        (file("nameField = \"B\""), "T.toml: no name field is named `B`"),
        (good.replace("\"query\"", "\"look\""), "T.toml: no call is named `look`"),
        (good.replace("\"create\"", "\"createable\""), "T.toml: no property is named `createable`"),
        (good.replace("\"Id\"", "\"Identity\""), "T.toml: no system field is named `Identity`"),
        (
            good.replace("label = \"A\"", "label = \"A\"\nvalueSet = \"Tongue\""),
            "T.toml: no value set is named `Tongue`",
        ),
        (good.replace("fields.A", "fields.id"), "T.toml: the field name `id` is taken"),
    ] {
        assert_eq!(load(&[("T.toml", &text)]).map_err(|error| error.to_string()), Err(message.to_owned()));
    }
    let other = good.replace("name = \"T\"", "name = \"t\"");
    let twice = load(&[("T.toml", &good), ("t.toml", &other)]).map_err(|error| error.to_string());
    assert_eq!(twice, Err("t.toml: the name `t` is taken".to_owned()));
    let (a, b) = (file("prefix = \"0X0\""), file("prefix = \"0X0\"").replace("name = \"T\"", "name = \"U\""));
    let twice = load(&[("T.toml", &a), ("U.toml", &b)]).map_err(|error| error.to_string());
    assert_eq!(twice, Err("U.toml: the key prefix `0X0` is taken".to_owned()));
}
