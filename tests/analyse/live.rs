//! A project that is edited gives, after each edit, what it gives when it is analysed for the first time.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use crate::common;
use crate::common::pages;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use omnic::analyse::{Analysis, Live, Options, analyse, interest};
use omnic::checks;
use omnic::compile::{OnErrors, compile};
use omnic::graph::{Graph, World};
use omnic::schema::{Kind, Role, type_folders};
use omnic::source::{Boundary, DiscoverOptions, FileId, FolderFile, Project, discover, read_folder};
use omnic::triage::{Baseline, Exception, Level};
use proptest::prelude::*;
use proptest::sample::Index;

/// Projects to begin with: what is copied, a folder or a project in a page, and into which folder. Between them they hold every kind of file.
const SEEDS: [&[(&str, &str)]; 4] = [
    &[("examples/acme-support", "")],
    &[("examples/broken", ""), ("OC205-each-way", "force-app/main/default")],
    // Many names are defined twice.
    &[("examples/broken", ""), ("tests/fixtures/projects/two-packages", ""), ("examples/broken/force-app", "extra")],
    &[("examples/acme-support/force-app/main/default", ""), ("tests/fixtures/projects/mdapi", "")],
];

/// What a person does, or a tool.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// Changes a text: in the editor, or on disk.
    Write(Index, Change, bool),
    /// Closes the editor without saving.
    Close(Index),
    /// Tells of a file that did not change.
    Touch(Index),
    /// Removes a file.
    Remove(Index),
    /// Copies a file to a name that another has, in lower case if so wanted; the project is discovered anew.
    Copy(Index, Index, bool),
    /// Keeps a file out of a deploy.
    Ignore(Index),
    /// Says another API version.
    Version(u16),
    /// Discovers the project anew; open texts are put into it, or not.
    Discover(bool),
    /// Other settings.
    Set(Setting),
}

/// How a text changes.
#[derive(Clone, Copy, Debug)]
enum Change {
    /// A value becomes one that stands somewhere in the project.
    Value(Index, Index),
    /// All names are written in other case.
    Case,
    /// A line goes, or comes twice.
    Line(Index, bool),
    /// All behind a place goes.
    Cut(Index),
    /// Something is typed at a place.
    Type(Index, &'static str),
    /// The text becomes another file's.
    Paste(Index),
    /// A comment before the root element silences a check.
    Silence(Index),
}

#[derive(Clone, Copy, Debug)]
enum Setting {
    Strict(bool),
    World(World),
    Declare(Index),
    Level(Index, Level),
    Baseline,
    Except(Index),
    Records(bool),
    Default,
}

fn change() -> impl Strategy<Value = Change> {
    let at = any::<Index>;
    prop_oneof![
        8 => (at(), at()).prop_map(|(value, with)| Change::Value(value, with)),
        4 => Just(Change::Case),
        3 => (at(), any::<bool>()).prop_map(|(line, twice)| Change::Line(line, twice)),
        1 => at().prop_map(Change::Cut),
        2 => (at(), prop::sample::select(vec!["<", "&", "</label>", "x", "\n", "<!-- omnic-ignore OC501: so it is -->"]))
            .prop_map(|(place, typed)| Change::Type(place, typed)),
        1 => at().prop_map(Change::Paste),
        1 => at().prop_map(Change::Silence),
    ]
}

fn setting() -> impl Strategy<Value = Setting> {
    let at = any::<Index>;
    prop_oneof![
        any::<bool>().prop_map(Setting::Strict),
        prop::sample::select(vec![World::Project, World::Open, World::Closed]).prop_map(Setting::World),
        at().prop_map(Setting::Declare),
        (at(), prop::sample::select(vec![Level::Off, Level::Note, Level::Error]))
            .prop_map(|(check, level)| Setting::Level(check, level)),
        Just(Setting::Baseline),
        at().prop_map(Setting::Except),
        any::<bool>().prop_map(Setting::Records),
        Just(Setting::Default),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let at = any::<Index>;
    prop_oneof![
        10 => (at(), change(), any::<bool>()).prop_map(|(file, change, open)| Step::Write(file, change, open)),
        1 => at().prop_map(Step::Close),
        1 => at().prop_map(Step::Touch),
        2 => at().prop_map(Step::Remove),
        3 => (at(), at(), any::<bool>()).prop_map(|(from, to, lower)| Step::Copy(from, to, lower)),
        1 => at().prop_map(Step::Ignore),
        1 => (58_u16..67).prop_map(Step::Version),
        1 => any::<bool>().prop_map(Step::Discover),
        3 => setting().prop_map(Step::Set),
    ]
}

/// A project on disk, and what is known of it apart from what is tested.
struct Desk {
    /// Kept as long as the project is.
    _folder: tempfile::TempDir,
    root: PathBuf,
    live: Live,
    project: Project,
    options: Options,
}

impl Desk {
    fn new(seeds: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        // In a Metadata API folder, no file is called `-meta.xml`.
        let is_mdapi = seeds.iter().any(|(seed, _)| Path::new(seed).join("package.xml").exists());
        for (seed, into) in seeds {
            let in_page = pages::further().join(seed);
            let seed = if in_page.is_dir() { &in_page } else { Path::new(seed) };
            for file in common::files_below(seed) {
                let below = file.strip_prefix(seed).unwrap().to_str().unwrap();
                let below = if is_mdapi { below.trim_end_matches("-meta.xml") } else { below };
                let to = root.join(into).join(below);
                std::fs::create_dir_all(to.parent().unwrap()).unwrap();
                std::fs::copy(file, to).unwrap();
            }
        }
        let project = discovered(&root);
        let options = Options::default();
        let live = Live::new(project.clone(), options.clone());
        Self { _folder: folder, root, live, project, options }
    }

    fn file(&self, at: Index) -> FileId {
        FileId(at.index(self.project.entries.len()) as u32)
    }

    fn text(&self, file: FileId) -> String {
        let entry = &self.project.entries[file.0 as usize];
        let on_disk = || std::fs::read_to_string(&entry.disk).unwrap_or_default();
        entry.shadow.as_ref().map_or_else(on_disk, ToString::to_string)
    }

    /// What stands between tags anywhere in the project.
    fn values(&self) -> Vec<String> {
        let texts = (0..self.project.entries.len()).map(|number| self.text(FileId(number as u32)));
        texts.flat_map(|text| places(&text).into_iter().map(|at| text[at].to_owned()).collect::<Vec<_>>()).collect()
    }

    fn do_it(&mut self, step: Step) {
        match step {
            Step::Write(at, change, in_editor) => {
                let file = self.file(at);
                let text = self.changed(&self.text(file), change);
                if in_editor {
                    self.shadow(file, Some(text.into()));
                } else {
                    std::fs::write(&self.project.entries[file.0 as usize].disk, text).unwrap();
                    self.live.touch(file);
                }
            }
            Step::Close(at) => {
                let open = (0..self.project.entries.len()).filter(|&at| self.project.entries[at].shadow.is_some());
                let open: Vec<_> = open.collect();
                if !open.is_empty() {
                    self.shadow(FileId(open[at.index(open.len())] as u32), None);
                }
            }
            Step::Touch(at) => self.live.touch(self.file(at)),
            Step::Remove(at) => {
                if self.project.entries.len() > 1 {
                    let _ = std::fs::remove_file(&self.project.entries[self.file(at).0 as usize].disk);
                }
                self.replace(true);
            }
            Step::Copy(from, to, lower) => self.copy(self.file(from), self.file(to), lower),
            Step::Ignore(at) => {
                let path = &self.project.entries[self.file(at).0 as usize].path;
                let file = self.root.join(".forceignore");
                let before = std::fs::read_to_string(&file).unwrap_or_default();
                std::fs::write(file, format!("{before}\n{path}\n")).unwrap();
                self.replace(true);
            }
            Step::Version(version) => self.version(version),
            Step::Discover(keep) => self.replace(keep),
            Step::Set(setting) => {
                self.set(setting);
                self.live.set_options(self.options.clone());
            }
        }
    }

    fn changed(&self, text: &str, change: Change) -> String {
        let values = places(text);
        let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
        let boundary = |at: Index| {
            let mut place = at.index(text.len() + 1);
            while !text.is_char_boundary(place) {
                place -= 1;
            }
            place
        };
        let mut changed = text.to_owned();
        match change {
            Change::Value(at, with) if !values.is_empty() => {
                let pool = self.values();
                changed.replace_range(values[at.index(values.len())].clone(), &pool[with.index(pool.len())]);
            }
            Change::Case => {
                let is_name = |value: &str| value.len() > 5 && !value.contains([' ', '<']);
                for place in values.into_iter().rev().filter(|place| is_name(&text[place.clone()])) {
                    let value = &text[place.clone()];
                    let lower = value.to_lowercase();
                    changed.replace_range(place, &if lower == value { value.to_uppercase() } else { lower });
                }
            }
            Change::Line(at, twice) if !lines.is_empty() => {
                let line = at.index(lines.len());
                if twice {
                    lines.insert(line, lines[line]);
                } else {
                    lines.remove(line);
                }
                changed = lines.concat();
            }
            Change::Cut(at) => changed.truncate(boundary(at)),
            Change::Type(at, typed) => changed.insert_str(boundary(at), typed),
            Change::Paste(from) => changed = self.text(self.file(from)),
            Change::Silence(at) => {
                let check = at.get(checks::REGISTRY);
                let comment = format!("<!-- omnic-ignore {}: known -->\n", check.code);
                changed.insert_str(text.find("?>").map_or(0, |end| end + 2), &comment);
            }
            Change::Value(..) | Change::Line(..) => {}
        }
        changed
    }

    fn shadow(&mut self, file: FileId, text: Option<Arc<str>>) {
        self.project.entries[file.0 as usize].shadow.clone_from(&text);
        self.live.shadow(file, text);
    }

    /// A copy beside another file, with the kind of the one and the name of the other.
    fn copy(&mut self, from: FileId, to: FileId, lower: bool) {
        let (source, target) = (&self.project.entries[from.0 as usize], &self.project.entries[to.0 as usize]);
        let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
        let (file, wanted) = (name(&source.disk), name(&target.disk));
        let stem = wanted.split('.').next().unwrap_or_default();
        let stem = if lower { stem.to_lowercase() } else { stem.to_owned() };
        let disk = target.disk.with_file_name(format!("{stem}.{}", file.split_once('.').map_or("", |(_, rest)| rest)));
        let text = self.text(from);
        std::fs::write(&disk, text).unwrap();
        if let Some(there) = self.project.entries.iter().position(|entry| entry.disk == disk) {
            self.live.touch(FileId(there as u32));
        }
        self.replace(true);
    }

    fn version(&mut self, version: u16) {
        for (file, before, behind) in
            [("sfdx-project.json", "\"sourceApiVersion\": \"", "\""), ("package.xml", "<version>", "</version>")]
        {
            let file = self.root.join(file);
            let Ok(text) = std::fs::read_to_string(&file) else { continue };
            let Some((head, tail)) = text.split_once(before) else { continue };
            let tail = tail.split_once(behind).map_or("", |(_, tail)| tail);
            std::fs::write(file, format!("{head}{before}{version}.0{behind}{tail}")).unwrap();
        }
        if let Some(manifest) = self.project.entries.iter().position(|entry| entry.path == "package.xml") {
            self.live.touch(FileId(manifest as u32));
        }
        self.replace(true);
    }

    fn replace(&mut self, keep_open: bool) {
        let mut project = discovered(&self.root);
        if keep_open {
            for entry in self.project.entries.iter().filter(|entry| entry.disk.exists()) {
                if let Some(text) = &entry.shadow {
                    project.shadow(&entry.disk, text, &interest);
                }
            }
        }
        self.project = project.clone();
        self.live.replace(project);
    }

    fn set(&mut self, setting: Setting) {
        match setting {
            Setting::Strict(strict) => self.options.policy.strict = strict,
            Setting::World(world) => self.options.world = world,
            Setting::Declare(at) => {
                let values = self.values();
                if !values.is_empty() {
                    let name = at.get(&values);
                    for kind in Kind::all() {
                        self.options.declared.name(kind, name);
                    }
                }
            }
            Setting::Level(at, level) => self.options.policy.levels.push((*at.get(checks::REGISTRY), level)),
            Setting::Baseline => {
                let analysis = self.live.analyse();
                self.options.policy.baseline = Some(Baseline::of(&analysis.diagnostics, &analysis.sources));
            }
            Setting::Except(at) => {
                self.options.configuration =
                    vec![FolderFile { path: "omnic.toml".to_owned(), text: Ok(String::new()) }];
                self.options.policy.exceptions.push(Exception {
                    check: checks::REGISTRY[at.index(checks::REGISTRY.len())],
                    kind: None,
                    name: None,
                    element: None,
                    reason: "known".to_owned(),
                    file: 0,
                    span: omnic::source::Span::default(),
                });
            }
            Setting::Records(there) => {
                let folder = Path::new("examples/acme-support/org");
                let boundary = Boundary::around(&self.root, false);
                let read = || read_folder(&self.root, &boundary, folder).unwrap();
                self.options.records = if there { read() } else { Vec::new() };
            }
            Setting::Default => self.options = Options::default(),
        }
    }
}

fn discovered(root: &Path) -> Project {
    let folders: Vec<&str> = type_folders().collect();
    discover(
        root,
        &DiscoverOptions {
            api_version: None,
            interest: &interest,
            type_folders: &folders,
            manifest_types: &[],
            allow_outside: false,
        },
    )
    .unwrap()
}

/// Where values stand: between `>` and `</`, on one line.
fn places(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut places = Vec::new();
    for (end, _) in text.match_indices("</") {
        let start = text[..end].rfind(['>', '<', '\n']).map_or(0, |at| at + 1);
        if start < end && text[..start].ends_with('>') {
            places.push(start..end);
        }
    }
    places
}

/// All that can be asked of an analysis.
fn everything(analysis: &Analysis) -> String {
    let Analysis { sources, graph, diagnostics, suppressed, baselined, stale } = analysis;
    let mut all = format!("{sources:#?}{diagnostics:#?}{suppressed}{baselined:#?}{stale:#?}");
    all += &nodes(graph);
    all += &edges(graph);
    let _ = write!(all, "{:#?}", graph.files);
    let _ = write!(all, "{:#?}", graph.manifest);
    let _ = write!(all, "{:#?}", graph.routed_objects());
    let _ = write!(all, "{:?} {:?} {:?}", graph.layout, graph.api_version, graph.world);
    for kind in Kind::all() {
        let _ = writeln!(all, "{kind:?} {:?} {} {}", graph.names(kind), graph.is_whole(kind), graph.defines(kind));
        let _ = write!(all, "{:?}", graph.edges_from(kind));
    }
    all + &compile(analysis, &[], OnErrors::LeaveOut).unwrap().to_json()
}

fn nodes(graph: &Graph) -> String {
    let mut all = String::new();
    for component in graph.components() {
        let _ = writeln!(all, "{component:#?}");
    }
    for (id, node) in graph.nodes() {
        let _ = writeln!(all, "{id:?} {node:?}");
        let found = [node.name.to_lowercase(), node.name.to_uppercase()].map(|name| graph.find(node.kind, &name));
        let files: Vec<_> = graph.components_of(id).map(|component| component.file).collect();
        let _ = writeln!(all, "{found:?} {files:?} {} {:?}", graph.is_known(id), graph.members_of(id));
        let _ = writeln!(all, "{:?} {:?}", graph.agents_of(id), graph.reach_of(id));
        let _ = writeln!(all, "{:?} {:?}", graph.known_reach_of(id), graph.has_agents(id));
        let _ = writeln!(all, "{:?} {:?}", graph.config_of(id), graph.objects_of(id).collect::<Vec<_>>());
        let _ = writeln!(all, "{:?} {:?}", graph.supervision_of(id), graph.governing(Some(id), None));
        if node.kind == Kind::Object {
            let channels: Vec<_> = graph.channels_for(id).collect();
            let known: Vec<_> = graph.known_channels_for(id).collect();
            let fields = graph.fields_of(&node.name);
            let _ = writeln!(all, "{channels:?} {known:?} {fields:#?}");
            let own = fields.iter().flat_map(|object| &object.fields).map(|field| &*field.name);
            for field in own.chain(["Status", "Priority"]) {
                let _ = writeln!(all, "{field} {:?}", graph.picklist_of(&node.name, field));
            }
        }
        if let Some(org) = graph.org() {
            let _ = writeln!(all, "{:?} {:?} {:?}", org.is_active(id), org.profile_of(id), org.skills_of(id));
            let _ = writeln!(all, "{:?} {:?}", org.statuses_of(id), org.place_of(id));
        }
    }
    all
}

fn edges(graph: &Graph) -> String {
    let mut all = String::new();
    for edge in graph.edges().chain(graph.edges_to(|_, node| node.kind == Kind::User)) {
        let _ = writeln!(all, "{edge:?}");
    }
    for (id, _) in graph.nodes() {
        for role in [Role::Offers, Role::MemberUser, Role::GrantsStatus, Role::RoutedBy, Role::GovernsUser] {
            let (to, from) = (graph.targets(id, role), graph.sources(id, role));
            let _ = writeln!(all, "{:?} {:?}", to.collect::<Vec<_>>(), from.collect::<Vec<_>>());
        }
    }
    all
}

/// The first lines that differ.
fn difference(a: &str, b: &str) -> Option<String> {
    let differ = |(_, (a, b)): &(usize, (&str, &str))| a != b;
    let (line, (a_line, b_line)) =
        a.lines().zip(b.lines()).enumerate().find(differ).or((a != b).then_some((0, ("", ""))))?;
    Some(format!("line {line}:\n{a_line}\n{b_line}"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn after_any_steps_it_is_as_if_analysed_for_the_first_time(
        seed in 0..SEEDS.len(),
        steps in prop::collection::vec((step(), prop::bool::weighted(0.75)), 1..12),
    ) {
        let mut desk = Desk::new(SEEDS[seed]);
        desk.live.analyse();
        let count = steps.len();
        for (number, (step, is_asked)) in steps.into_iter().enumerate() {
            desk.do_it(step);
            prop_assert_eq!(&desk.live.project().entries, &desk.project.entries);
            if is_asked || number + 1 == count {
                let (live, first) = (desk.live.analyse(), analyse(&desk.project, &desk.options));
                let difference = difference(&everything(&live), &everything(&first));
                prop_assert!(difference.is_none(), "{}", difference.unwrap_or_default());
            }
        }
    }
}

/// It is edited on one thread, and what comes of it is asked on another.
#[test]
fn threads_can_share_it() {
    const fn is_send<T: Send>() {}
    const fn is_shared<T: Send + Sync>() {}
    is_send::<Live>();
    is_shared::<Arc<Analysis>>();
}

/// A name that nothing defines is called as it is first written: if that changes, others no longer write it so.
#[test]
fn a_name_is_written_otherwise() {
    const USER: &str = "anna.schmidt@larkfield.example";
    let mut desk = Desk::new(&[("examples/broken", "")]);
    let name = |analysis: &Analysis| {
        let graph = &analysis.graph;
        let user = graph.find(Kind::User, USER).unwrap();
        let exact: Vec<_> = graph.edges_to(|id, _| id == user).iter().map(|(.., edge)| edge.exact).collect();
        (graph.name(user).to_owned(), exact)
    };
    assert_eq!(name(&desk.live.analyse()), (USER.to_owned(), vec![true; 4]));
    let first = desk.project.entries.iter().position(|entry| entry.path.contains("Service_Agents.presence")).unwrap();
    let file = FileId(first as u32);
    let text = desk.text(file).replace(USER, &USER.to_uppercase());
    desk.shadow(file, Some(text.into()));
    assert_eq!(name(&desk.live.analyse()), (USER.to_uppercase(), vec![true, false, false, false]));
    desk.shadow(file, None);
    assert_eq!(name(&desk.live.analyse()), (USER.to_owned(), vec![true; 4]));
}
