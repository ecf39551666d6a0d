//! The structs that hold components agree with the schemas.

use omnic::metadata::shapes;
use omnic::schema::{Cardinality, get};

#[test]
fn every_struct_reads_elements_that_its_schema_has() {
    let mut compared = 0;
    for (kind, name, elements) in shapes() {
        let schema = get(kind).unwrap();
        let fields = if name == kind.as_str() {
            &schema.fields
        } else {
            &schema.structs.get(name).unwrap_or_else(|| panic!("{kind:?} has no complex type {name}")).fields
        };
        for (element, holds) in elements {
            let field = fields.get(element).unwrap_or_else(|| panic!("{name} has no element {element}"));
            assert_eq!(holds.repeats, field.cardinality == Cardinality::Repeated, "{name}.{element}");
            // Lists of names that grow with the platform are kept as text.
            let open_list = holds.kind == "string" && schema.enums.contains_key(&field.kind);
            assert!(holds.kind == field.kind || open_list, "{name}.{element}: {} is not {}", holds.kind, field.kind);
            compared += 1;
        }
    }
    assert!(compared > 100, "{compared}");
}
