//! Checks: from the graph to diagnostics.
//!
//! In: the graph. Out: diagnostics, sorted; and what each check says of itself, which is its page. One folder per family
//! of [`FAMILIES`]; in it, a file of code and a page beside it per check; one line in [`REGISTRY`] per check.
//! Must not know files' texts, output formats, or the order in which checks run.

mod channels;
mod entry;
mod evidence;
mod family;
mod files;
mod gather;
mod page;
mod presence;
mod references;
mod routing;
mod rule;
mod schema;
mod skills;
mod supervisors;

pub use evidence::Evidence;
pub use family::{FAMILIES, Family};
pub use page::{Block, Case, Page, PageFile, PageProblem};
pub use rule::rules;

use std::sync::LazyLock;

use rayon::prelude::*;

use crate::diagnostics::{Applicability, Change, ComponentRef, Diagnostic, Edit, Fix, Label, Severity};
use crate::graph::Graph;
use crate::source::{Location, Span};

/// One check: what it is, its page, and what it does.
#[derive(Debug)]
pub struct Check {
    /// Stable code, never reused.
    pub code: &'static str,
    /// Stable name; reads well after "allow".
    pub name: &'static str,
    /// The text of its page; [`Check::page`] reads it.
    pub text: &'static str,
    /// The severities it reports with, worst first.
    pub severities: &'static [Severity],
    /// What holds of it, and not of most checks.
    pub flags: &'static [Flag],
    /// The function.
    pub run: fn(&mut Checker<'_>),
}

/// What holds of some checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    /// It runs only in strict mode: what it finds is true, but noisy on healthy projects.
    Strict,
    /// It finds nothing at all without records of the org, whatever it would find with them.
    NeedsRecords,
    /// What it finds is there to no purpose: editors fade it.
    AboutUnused,
    /// No comment silences it: it looks at what is not read as metadata, or at comments.
    NoComment,
    /// Each of its findings is reported, also where many are alike.
    EachAlone,
}

/// Declares the check of a file: its code, its name, the page beside it, its severities, worst first, and its flags. The
/// function `run` of the same file is what it does.
macro_rules! check {
    ($code:literal, $name:literal, $page:literal, $severities:expr $(, $flag:ident)* $(,)?) => {
        pub(in crate::checks) const CHECK: $crate::checks::Check = $crate::checks::Check {
            code: $code,
            name: $name,
            text: include_str!($page),
            severities: &$severities,
            flags: &[$($crate::checks::Flag::$flag),*],
            run,
        };
    };
}
use check;

/// The pages of all checks, in the order of [`REGISTRY`]. They are read when the first one is asked for.
static PAGES: LazyLock<Vec<Page<'static>>> =
    LazyLock::new(|| REGISTRY.iter().map(|check| Page::parse(check.text).0).collect());

/// The page of a check that is in no registry.
static NO_PAGE: LazyLock<Page<'static>> = LazyLock::new(Page::default);

impl Check {
    /// One line for lists.
    pub fn summary(&self) -> &'static str {
        page::summary(self.text)
    }

    /// What it says of itself. The first call reads the pages of all checks.
    pub fn page(&self) -> &'static Page<'static> {
        let at = REGISTRY.binary_search_by_key(&self.code, |check| check.code);
        at.ok().and_then(|at| PAGES.get(at)).unwrap_or(&NO_PAGE)
    }

    /// True if this holds of it.
    pub fn is(&self, flag: Flag) -> bool {
        self.flags.contains(&flag)
    }

    /// The family that its code puts it into.
    pub fn family(&self) -> &'static Family {
        let of = FAMILIES.iter().find(|family| self.code.starts_with(family.prefix));
        of.unwrap_or(&FAMILIES[0])
    }
}

/// Every check, sorted by code.
pub const REGISTRY: &[&Check] = &[
    &files::unreadable_file::CHECK,
    &files::malformed_xml::CHECK,
    &files::wrong_root_element::CHECK,
    &files::wrong_namespace::CHECK,
    &files::unrecognised_file::CHECK,
    &files::invalid_developer_name::CHECK,
    &files::duplicate_component::CHECK,
    &files::ignored_dependency::CHECK,
    &files::not_in_manifest::CHECK,
    &files::invalid_suppression::CHECK,
    &files::unused_suppression::CHECK,
    &files::damaged_records::CHECK,
    &files::api_versions_disagree::CHECK,
    &schema::unknown_element::CHECK,
    &schema::element_not_in_version::CHECK,
    &schema::missing_element::CHECK,
    &schema::repeated_element::CHECK,
    &schema::invalid_value::CHECK,
    &schema::unknown_value::CHECK,
    &schema::out_of_range::CHECK,
    &schema::too_long::CHECK,
    &schema::nil_element::CHECK,
    &schema::unexpected_content::CHECK,
    &schema::duplicate_entry::CHECK,
    &schema::invalid_email::CHECK,
    &references::unresolved_reference::CHECK,
    &references::reference_case::CHECK,
    &references::record_id_reference::CHECK,
    &references::unknown_field::CHECK,
    &references::unknown_picklist_value::CHECK,
    &references::unused_component::CHECK,
    &references::username_in_source::CHECK,
    &references::unknown_object::CHECK,
    &references::invalid_username::CHECK,
    &references::profile_label::CHECK,
    &references::unmappable_field::CHECK,
    &references::unsupported_object::CHECK,
    &references::checkbox_value::CHECK,
    &references::scratch_username::CHECK,
    &channels::omni_channel_disabled::CHECK,
    &channels::feature_disabled::CHECK,
    &channels::duplicate_related_entity::CHECK,
    &channels::shadowed_standard_channel::CHECK,
    &channels::acw_incomplete::CHECK,
    &channels::acw_without_timer::CHECK,
    &channels::acw_on_unsupported_channel::CHECK,
    &channels::status_model_incomplete::CHECK,
    &channels::status_model_unused::CHECK,
    &channels::duplicate_status_mapping::CHECK,
    &channels::secondary_priority_incomplete::CHECK,
    &channels::duplicate_priority_value::CHECK,
    &channels::interruptible_realtime_work::CHECK,
    &channels::switch_without_omni_channel::CHECK,
    &presence::auto_accept_with_decline::CHECK,
    &presence::decline_reason_without_decline::CHECK,
    &presence::decline_status_without_decline::CHECK,
    &presence::assigned_twice::CHECK,
    &presence::status_without_channel::CHECK,
    &presence::status_not_granted::CHECK,
    &presence::timeout_without_status::CHECK,
    &presence::timeout_status_still_receives::CHECK,
    &presence::offer_can_hang::CHECK,
    &presence::interruptible_capacity_unused::CHECK,
    &presence::timeout_status_unused::CHECK,
    &presence::capacity_beyond_limit::CHECK,
    &presence::governs_nobody::CHECK,
    &presence::status_without_work::CHECK,
    &presence::flood_at_login::CHECK,
    &routing::queue_not_routed::CHECK,
    &routing::object_without_channel::CHECK,
    &routing::channel_without_status::CHECK,
    &routing::queue_without_members::CHECK,
    &routing::cost_exceeds_capacity::CHECK,
    &routing::weight_and_percentage::CHECK,
    &routing::no_cost::CHECK,
    &routing::voice_not_exclusive::CHECK,
    &routing::overflow_queue_routed::CHECK,
    &routing::two_overflow_assignees::CHECK,
    &routing::overflow_object_mismatch::CHECK,
    &routing::mixed_objects::CHECK,
    &routing::external_with_omni::CHECK,
    &routing::external_with_skills::CHECK,
    &routing::voice_timeout_capped::CHECK,
    &routing::unreachable_agents::CHECK,
    &routing::queue_without_objects::CHECK,
    &routing::comma_in_queue_name::CHECK,
    &routing::inactive_user::CHECK,
    &routing::retired_work::CHECK,
    &skills::no_skill_rules::CHECK,
    &skills::membership_ignored::CHECK,
    &skills::duplicate_rule_set::CHECK,
    &skills::rule_set_too_large::CHECK,
    &skills::unqualified_field::CHECK,
    &skills::conflicting_skill_rule::CHECK,
    &skills::drop_timeout_mismatch::CHECK,
    &skills::skill_priority_without_additional::CHECK,
    &skills::inactive_rule_set::CHECK,
    &skills::skill_held_by_nobody::CHECK,
    &skills::rule_set_unused::CHECK,
    &skills::rule_set_without_rules::CHECK,
    &supervisors::supervised_twice::CHECK,
    &supervisors::unknown_action::CHECK,
    &supervisors::tab_without_page::CHECK,
    &supervisors::action_without_flow::CHECK,
    &supervisors::duplicate_display_order::CHECK,
    &supervisors::skill_visibility_unused::CHECK,
    &supervisors::supervises_nobody::CHECK,
    &supervisors::rows_of_setup_lost::CHECK,
    &supervisors::duplicate_supervisor_label::CHECK,
    &entry::skills_based_without_option::CHECK,
    &entry::routework_incomplete::CHECK,
    &entry::skill_requirements_missing::CHECK,
    &entry::flow_with_attribute_based_config::CHECK,
    &entry::inactive_flow::CHECK,
    &entry::handler_mismatch::CHECK,
    &entry::fallback_queue_not_routed::CHECK,
    &entry::unknown_routework_input::CHECK,
    &entry::setup_reference_incomplete::CHECK,
    &entry::queue_object_mismatch::CHECK,
    &entry::unknown_queue_label::CHECK,
    &entry::invalid_skill_requirement::CHECK,
    &entry::routing_flow_without_record::CHECK,
    &entry::not_the_id::CHECK,
];

/// The check whose findings come when all others are there.
pub const UNUSED_SUPPRESSION: &Check = &files::unused_suppression::CHECK;

/// The check with this code or name, whatever its case.
pub fn find(code_or_name: &str) -> Option<&'static Check> {
    // Asked for every finding, and then with a code.
    if let Ok(at) = REGISTRY.binary_search_by_key(&code_or_name, |check| check.code) {
        return REGISTRY.get(at).copied();
    }
    REGISTRY
        .iter()
        .copied()
        .find(|check| check.code.eq_ignore_ascii_case(code_or_name) || check.name.eq_ignore_ascii_case(code_or_name))
}

/// Runs the checks that `wanted` wants, and gives what they find, sorted.
pub fn run(graph: &Graph, wanted: &(dyn Fn(&Check) -> bool + Sync)) -> Vec<Diagnostic> {
    let wanted = REGISTRY.par_iter().filter(|check| wanted(check));
    let mut found: Vec<Diagnostic> = wanted.flat_map_iter(|check| report(graph, check, check.run)).collect();
    sort(&mut found);
    found
}

/// What `run` reports as findings of `check`.
pub fn report(graph: &Graph, check: &'static Check, run: impl FnOnce(&mut Checker<'_>)) -> Vec<Diagnostic> {
    let mut checker = Checker { graph, check, found: Vec::new() };
    run(&mut checker);
    // What is filled in when the project is deployed is not judged, and nothing is by it.
    let is_filled_in = |label: &Label| {
        let Location { file, span } = label.location;
        graph.files.get(file.0 as usize).is_some_and(|file| file.is_filled_in_at(span))
    };
    if !graph.is_final {
        checker.found.retain(|found| !std::iter::once(&found.primary).chain(&found.related).any(is_filled_in));
    }
    // What is not well-formed may be read otherwise than it was meant: a person must put it right first.
    let is_whole = |edit: &Edit| graph.files.get(edit.file.0 as usize).is_some_and(|file| file.is_readable());
    for finding in &mut checker.found {
        finding.fix = finding.fix.take().filter(|fix| fix.edits.iter().all(is_whole));
    }
    if check.is(Flag::EachAlone) { checker.found } else { gather::gather(checker.found) }
}

/// Sorts findings by path, offset and code: files are numbered in the order of their paths.
pub fn sort(found: &mut [Diagnostic]) {
    found.sort_by(|a, b| {
        let key = |d: &Diagnostic| (d.primary.location, d.code);
        key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message))
    });
}

/// What a check works with: the graph, and where its findings go.
#[derive(Debug)]
pub struct Checker<'g> {
    /// The project.
    pub graph: &'g Graph,
    check: &'static Check,
    found: Vec<Diagnostic>,
}

impl Checker<'_> {
    /// Reports a finding at `location`, the place where the person must edit. The message says what is wrong, with the
    /// user's own names in back-quotes, and why it matters.
    pub fn report(&mut self, severity: Severity, location: Location, message: impl Into<String>) -> Finding<'_> {
        debug_assert!(self.check.severities.contains(&severity), "{} does not declare {severity}", self.check.code);
        let file = self.graph.files.get(location.file.0 as usize);
        let component = file.and_then(|file| {
            file.kind.map(|kind| ComponentRef { kind: kind.as_str().to_owned(), name: file.name.clone() })
        });
        self.found.push(Diagnostic {
            code: self.check.code,
            name: self.check.name,
            severity,
            message: message.into(),
            primary: Label { location, message: String::new() },
            related: Vec::new(),
            help: None,
            fix: None,
            component,
            element: None,
        });
        let last = self.found.len() - 1;
        Finding(&mut self.found[last])
    }
}

/// A finding that was just reported, to be filled in.
#[derive(Debug)]
pub struct Finding<'f>(&'f mut Diagnostic);

#[expect(clippy::return_self_not_must_use, reason = "a finding is reported by the time it is filled in")]
impl Finding<'_> {
    /// A few words at the place itself.
    pub fn label(self, message: impl Into<String>) -> Self {
        self.0.primary.message = message.into();
        self
    }

    /// Another place, where the reason lies, and a few words on it.
    pub fn related(self, location: Location, message: impl Into<String>) -> Self {
        self.0.related.push(Label { location, message: message.into() });
        self
    }

    /// The other places of the same finding; of many, the first.
    pub fn also(self, others: &[Location]) -> Self {
        gather::name_places(&mut self.0.related, others);
        self
    }

    /// What to do: an imperative sentence without a full stop.
    pub fn help(self, help: impl Into<String>) -> Self {
        self.0.help = Some(help.into());
        self
    }

    /// What can be done about it without a person: what it does, in the imperative, without a full stop; whether it may
    /// be done unasked; and one change to the file of the primary label.
    pub fn fix(self, title: impl Into<String>, applicability: Applicability, change: Change) -> Self {
        self.fix_all(title, applicability, [change])
    }

    /// As [`Finding::fix`], with several changes to that file, which do not overlap. None are no fix.
    pub fn fix_all(
        self,
        title: impl Into<String>,
        applicability: Applicability,
        changes: impl IntoIterator<Item = Change>,
    ) -> Self {
        let file = self.0.primary.location.file;
        let edits: Vec<Edit> = changes.into_iter().map(|change| Edit { file, change }).collect();
        if !edits.is_empty() {
            self.0.fix = Some(Fix { title: title.into(), applicability, edits });
        }
        self
    }

    /// As [`Finding::fix`], with one change to the file of another place.
    pub fn fix_at(
        self,
        place: Location,
        title: impl Into<String>,
        applicability: Applicability,
        change: impl FnOnce(Span) -> Change,
    ) -> Self {
        let edits = vec![Edit { file: place.file, change: change(place.span) }];
        self.0.fix = Some(Fix { title: title.into(), applicability, edits });
        self
    }

    /// The path of the element concerned, below the root; an empty path is the root itself, and none is noted.
    pub fn element(self, path: impl Into<String>) -> Self {
        self.0.element = Some(path.into()).filter(|path| !path.is_empty());
        self
    }
}

/// The change that gives the element at `span` a value.
fn set_value(span: Span, value: impl Into<String>) -> Change {
    Change::SetValue { span, value: value.into() }
}
