//! What `columns=true` answers instead of records: a description of the columns.
//!
//! The members are those that clients of the undocumented parameter read. `displayName` of a function and
//! `foreignKeyName` are assumed.

use serde_json::{Map, Value, json};

use super::ast::Function;
use super::plan::{Body, Groups, Output, Path, Shape, ShapeItem, Subject};
use super::schema::{Class, FieldType};

pub(super) fn columns(body: &Body) -> Value {
    let (columns, grouped) = match &body.output {
        Output::Count => (Vec::new(), false),
        Output::Records(shape) => (of_shape(shape), false),
        Output::Groups(groups) => (of_groups(groups), !groups.whole),
    };
    let mut all = Map::new();
    all.insert("columnMetadata".to_owned(), Value::Array(columns));
    all.insert("entityName".to_owned(), json!(body.object.name));
    all.insert("groupBy".to_owned(), json!(grouped));
    all.insert("idSelected".to_owned(), json!(selects_id(body)));
    all.insert("keyPrefix".to_owned(), json!(body.object.key_prefix));
    Value::Object(all)
}

fn selects_id(body: &Body) -> bool {
    match &body.output {
        Output::Records(shape) => {
            shape.items.iter().any(|item| matches!(item, ShapeItem::Field(path) if path.field.kind == FieldType::Id))
        }
        Output::Count | Output::Groups(_) => false,
    }
}

/// A column of a field, under another name if the query gives it one.
#[allow(clippy::struct_excessive_bools)]
struct Column<'c> {
    name: &'c str,
    display: &'c str,
    kind: Option<FieldType>,
    aggregate: bool,
    custom: bool,
    insertable: bool,
    updatable: bool,
    foreign_key: Option<&'c str>,
    join: Vec<Value>,
}

impl<'c> Column<'c> {
    fn named(name: &'c str) -> Self {
        Self {
            name,
            display: name,
            kind: None,
            aggregate: false,
            custom: false,
            insertable: false,
            updatable: false,
            foreign_key: None,
            join: Vec::new(),
        }
    }

    fn field(name: &'c str, path: &Path) -> Self {
        let field = &path.field;
        Self {
            kind: Some(field.kind),
            custom: field.custom,
            insertable: field.createable,
            updatable: field.updateable,
            ..Self::named(name)
        }
    }

    fn json(self) -> Value {
        let class = self.kind.map(FieldType::class);
        json!({
            "aggregate": self.aggregate,
            "apexType": self.kind.map(FieldType::apex),
            "booleanType": class == Some(Class::Boolean),
            "columnName": self.name,
            "custom": self.custom,
            "displayName": self.display,
            "foreignKeyName": self.foreign_key,
            "insertable": self.insertable,
            "joinColumns": self.join,
            "numberType": matches!(class, Some(Class::Integer | Class::Number)),
            "textType": matches!(class, Some(Class::Text | Class::Choices)),
            "updatable": self.updatable,
        })
    }
}

fn of_shape(shape: &Shape) -> Vec<Value> {
    let column = |item: &ShapeItem| match item {
        ShapeItem::Field(path) => Column::field(&path.field.name, path).json(),
        ShapeItem::Parent { hop, shape } => {
            Column { foreign_key: Some(&hop.field), join: of_shape(shape), ..Column::named(&hop.relationship) }.json()
        }
        ShapeItem::Children { relationship, body, .. } => {
            let join = match &body.output {
                Output::Records(shape) => of_shape(shape),
                Output::Count | Output::Groups(_) => Vec::new(),
            };
            Column { aggregate: true, join, ..Column::named(relationship) }.json()
        }
    };
    shape.items.iter().map(column).collect()
}

fn of_groups(groups: &Groups) -> Vec<Value> {
    let column = |(name, subject): &(smol_str::SmolStr, Subject)| match subject {
        Subject::Key(at) => {
            groups.keys.get(*at).map_or_else(|| Column::named(name), |path| Column::field(name, path)).json()
        }
        Subject::Aggregate(at) => {
            let Some(one) = groups.aggregates.get(*at) else { return Column::named(name).json() };
            let display = format!("{}({})", one.function.name(), one.path.name());
            let kind = match one.function {
                Function::Count | Function::CountDistinct => FieldType::Int,
                Function::Sum | Function::Avg => FieldType::Double,
                Function::Min | Function::Max | Function::ToLabel => one.path.field.kind,
            };
            Column { display: &display, kind: Some(kind), aggregate: true, ..Column::named(name) }.json()
        }
        Subject::Path(path) => Column::field(name, path).json(),
    };
    groups.columns.iter().map(column).collect()
}
