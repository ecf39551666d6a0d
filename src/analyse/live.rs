//! A project that is being edited.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::source::{FileId, Project};

use super::read::{self, Around, Content, Facts, Files, Outcome, Setting};
use super::{Analysis, Before, Options, Parts, conclude};

/// A project that is being edited: it is analysed again and again, and only what an edit can have changed is done anew.
#[derive(Debug)]
pub struct Live {
    project: Project,
    options: Options,
    /// What each file gives by itself, by `FileId`; none where it is to be read.
    outcomes: Vec<Option<Outcome>>,
    /// What files say of fields, as far as anything asked for it.
    facts: Facts,
    /// The analysis of what the files were.
    last: Option<Arc<Analysis>>,
    /// True if it still is one of what they are.
    is_current: bool,
    /// True if the records of the org are what they were then.
    has_records: bool,
}

impl Live {
    /// Nothing is read yet.
    pub fn new(project: Project, options: Options) -> Self {
        let outcomes = project.entries.iter().map(|_| None).collect();
        Self { project, options, outcomes, facts: Facts::default(), last: None, is_current: false, has_records: false }
    }

    /// The project, with the texts that stand for its files.
    pub fn project(&self) -> &Project {
        &self.project
    }

    /// How it is analysed. No texts are kept, whatever they say.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// The text that stands for a file of the project; `None`: what is on disk counts (again).
    pub fn shadow(&mut self, file: FileId, text: Option<Arc<str>>) {
        if let Some(entry) = self.project.entries.get_mut(file.0 as usize) {
            entry.shadow = text;
            self.touch(file);
        }
    }

    /// What is on disk at this file may have changed.
    pub fn touch(&mut self, file: FileId) {
        if let Some(outcome) = self.outcomes.get_mut(file.0 as usize) {
            *outcome = None;
            self.facts.remove(&file);
            self.is_current = false;
        }
    }

    /// Other settings: everything that depends on them is done anew.
    pub fn set_options(&mut self, options: Options) {
        let reads_alike = self.options.keep_lines == options.keep_lines;
        if self.options.replacements != options.replacements || !reads_alike {
            self.outcomes.fill_with(|| None);
            self.facts = Facts::default();
        }
        self.options = options;
        (self.is_current, self.has_records) = (false, false);
    }

    /// The project was discovered anew: files came or went (or its API version, layout, `.forceignore` changed). Results
    /// of files whose entry is the same but for its number are kept, unless touched. The text that stands for a file is
    /// part of its entry: those of `project` count from now on, not those given before.
    pub fn replace(&mut self, project: Project) {
        let keeps = (project.layout, project.api_version) == (self.project.layout, self.project.api_version);
        let before = std::mem::replace(&mut self.project, project);
        let mut outcomes = std::mem::take(&mut self.outcomes);
        let mut facts = std::mem::take(&mut self.facts);
        (self.is_current, self.has_records) = (false, false);
        self.outcomes.resize_with(self.project.entries.len(), || None);
        if !keeps {
            return;
        }
        let numbers: FxHashMap<&str, usize> =
            before.entries.iter().enumerate().map(|(number, entry)| (entry.path.as_str(), number)).collect();
        for (to, (entry, outcome)) in self.project.entries.iter().zip(&mut self.outcomes).enumerate() {
            let Some(&from) = numbers.get(entry.path.as_str()) else { continue };
            if before.entries[from] != *entry {
                continue;
            }
            let id = FileId(to as u32);
            *outcome = outcomes[from].take().map(|outcome| outcome.moved_to(id));
            if let Some(mut fact) = facts.remove(&FileId(from as u32)) {
                fact.file = id;
                self.facts.insert(id, fact);
            }
        }
    }

    /// The analysis of what the files are now. Exactly what [`analyse`](super::analyse) of the same files gives, without
    /// their texts.
    pub fn analyse(&mut self) -> Arc<Analysis> {
        if let Some(last) = self.last.as_ref().filter(|_| self.is_current) {
            return last.clone();
        }
        let Project { layout, api_version: version, entries, .. } = &self.project;
        let setting = Setting {
            layout: *layout,
            version: *version,
            keep_texts: false,
            keep_lines: self.options.keep_lines,
            replacements: &self.options.replacements,
            around: Around::Project(&self.project),
        };
        let files = Files::OnDisk(entries);
        let missing = self.outcomes.par_iter_mut().enumerate().filter(|(_, outcome)| outcome.is_none());
        missing.for_each_init(Vec::new, |buffer, (number, outcome)| {
            *outcome = Some(read::one_file(files.about(FileId(number as u32)), &files, setting, buffer));
        });
        let parts = Parts::of(self.outcomes.par_iter().flatten_iter().cloned().collect());
        let facts = read::facts(&files, setting, &parts, &self.facts);
        self.facts = facts.iter().map(|fact| (fact.file, fact.clone())).collect();
        let has_records = self.has_records;
        let before = self.last.as_ref().map(|last| Before { graph: &last.graph, has_records });
        let analysis = Arc::new(conclude(parts, facts, setting, &self.options, before.as_ref()));
        let before = self.last.replace(analysis.clone());
        (self.is_current, self.has_records) = (true, true);
        // To let go of a large analysis takes longer than an edit should.
        rayon::spawn(move || drop(before));
        analysis
    }
}

impl Outcome {
    /// The same, of a file that has another number now.
    fn moved_to(mut self, id: FileId) -> Self {
        if self.file.id == id {
            return self;
        }
        self.source.id = id;
        Arc::make_mut(&mut self.file).id = id;
        match &mut self.content {
            Content::Component(component) => *component = Arc::new(component.moved_to(id)),
            Content::Manifest(manifest) => manifest.file = id,
            Content::Fact | Content::Nothing => {}
        }
        self
    }
}
