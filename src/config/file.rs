//! What `omnic.toml` may hold.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::{Deserialize, Deserializer};
use toml::Spanned;

use crate::graph::World;
use crate::schema::Kind;
use crate::source::Span;
use crate::triage::Level;

use super::FailOn;
use crate::diagnostics::Severity;

/// Settings of omnic for a project. The nearest `omnic.toml` at or above the project's root counts; no other is read,
/// unless it is named in `extend`. Flags and environment variables win over the file.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
#[schemars(title = "omnic.toml")]
pub(super) struct ConfigFile {
    /// Another configuration file, relative to this one. What is set here wins; lists are added to those there.
    #[schemars(with = "Option<String>")]
    pub(super) extend: Option<Spanned<String>>,
    /// API version to check against, such as "66.0". Without it, the project's own.
    #[schemars(with = "Option<String>")]
    pub(super) api_version: Option<Spanned<String>>,
    /// What to assume of names that the project does not define.
    pub(super) world: Option<World>,
    /// Whether strict checks run: true, but noisy on healthy projects.
    pub(super) strict: Option<bool>,
    /// Findings from this severity on are shown.
    pub(super) min_severity: Option<Severity>,
    /// Findings from this severity on make the exit status 1, shown or not.
    pub(super) fail_on: Option<FailOn>,
    /// File of accepted findings, relative to this file; `omnic baseline` writes it. Without it,
    /// `omnic-baseline.json` in the project's root, if it is there.
    #[schemars(with = "Option<String>")]
    pub(super) baseline: Option<Spanned<String>>,
    /// What is known of the org.
    pub(super) org: Org,
    /// Names that the org has though the project does not define them, by metadata type. `*` stands for any text.
    #[serde(deserialize_with = "external")]
    #[schemars(with = "BTreeMap<Kind, Vec<String>>")]
    pub(super) external: Vec<External>,
    /// Levels of checks, by code or name.
    #[serde(deserialize_with = "levels")]
    #[schemars(with = "BTreeMap<String, Level>")]
    pub(super) checks: Vec<(Spanned<String>, Level)>,
    /// Levels of checks for some files; of several for one file, the last counts.
    pub(super) overrides: Vec<OverrideTable>,
    /// Findings that are known and accepted.
    #[schemars(with = "Vec<ExceptionTable>")]
    pub(super) exceptions: Vec<Spanned<ExceptionTable>>,
}

/// What is known of the org.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(super) struct Org {
    /// Folder of records queried from the org, relative to this file: users, groups, roles, skills.
    #[schemars(with = "Option<String>")]
    pub(super) records: Option<Spanned<String>>,
    /// Files or folders with the names of the org's components, relative to this file, as
    /// `sf org list metadata --json` writes them. Names in them count as declared.
    #[schemars(with = "Option<OneOrMany>")]
    pub(super) inventory: Option<Spanned<OneOrMany>>,
}

/// Levels of checks for some files.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct OverrideTable {
    /// Patterns of paths relative to this file, such as `force-app/legacy/**`.
    #[schemars(with = "Vec<String>")]
    pub(super) paths: Vec<Spanned<String>>,
    /// Levels of checks, by code or name.
    #[serde(deserialize_with = "levels")]
    #[schemars(with = "BTreeMap<String, Level>")]
    pub(super) checks: Vec<(Spanned<String>, Level)>,
}

/// Findings that are known and accepted.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct ExceptionTable {
    /// Code or name of the check.
    #[schemars(with = "String")]
    pub(super) check: Spanned<String>,
    /// Metadata type of the component; any if absent.
    #[serde(rename = "type")]
    pub(super) kind: Option<Kind>,
    /// Full name of the component, `*` for any text; any if absent.
    #[schemars(with = "Option<String>")]
    pub(super) name: Option<Spanned<String>>,
    /// Path of the element below the root, such as `queueSobject/sobjectType`; any if absent.
    pub(super) element: Option<String>,
    /// Why they are accepted.
    #[schemars(with = "String")]
    pub(super) reason: Spanned<String>,
}

/// Names of one metadata type that the org has.
#[derive(Debug)]
pub(super) struct External {
    pub(super) kind: Kind,
    pub(super) span: Span,
    pub(super) names: Vec<Spanned<String>>,
}

/// One, or a list.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum OneOrMany {
    /// One.
    One(String),
    /// A list.
    Many(Vec<String>),
}

pub(super) fn span<T>(of: &Spanned<T>) -> Span {
    Span::new(of.span().start as u32, of.span().end as u32)
}

fn levels<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<(Spanned<String>, Level)>, D::Error> {
    let levels = IndexMap::<Spanned<String>, Level>::deserialize(from)?;
    Ok(levels.into_iter().collect())
}

fn external<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<External>, D::Error> {
    let names = BTreeMap::<Kind, Spanned<Vec<Spanned<String>>>>::deserialize(from)?;
    let of = |(kind, names): (Kind, Spanned<_>)| External { kind, span: span(&names), names: names.into_inner() };
    Ok(names.into_iter().map(of).collect())
}

/// The JSON Schema of `omnic.toml`.
pub fn schema() -> String {
    let schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<ConfigFile>();
    format!("{:#}\n", schema.as_value())
}
