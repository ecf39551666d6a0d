//! An answer, as people read it.

use std::io::{self, Write};

use owo_colors::{OwoColorize, Style};

use super::report::{Answer, Fact, ItemAnswer, Place, RepGroup, StepRow, WayRow, WhyReport, WorkAnswer};
use super::words::work;
use crate::text::{count, list, printable};

/// More names than this are counted.
const NAMES: usize = 5;
/// Of more queues and actions than this, the rest have their first line alone.
const WHOLE: usize = 10;
/// More than this are counted.
const MOST: usize = 60;
/// More other items than this are counted.
const ITEMS: usize = 10;

/// Writes an answer in sentences.
pub(super) struct Printer<'o> {
    pub(super) color: bool,
    pub(super) width: usize,
    pub(super) out: &'o mut dyn Write,
}

impl Printer<'_> {
    pub(super) fn report(&mut self, report: &WhyReport) -> io::Result<()> {
        if let Some(item) = &report.item {
            self.item(item)?;
        }
        if report.works.len() > 1 {
            let line = overview(&report.works);
            self.head(&line)?;
        }
        for (number, work) in report.works.iter().enumerate().take(MOST) {
            if number > 0 || report.works.len() > 1 {
                writeln!(self.out)?;
            }
            self.work(work, number < WHOLE)?;
        }
        if report.works.len() > MOST {
            let more = report.works.len() - MOST;
            writeln!(self.out, "\nand {more} more: name one with `--queue`, or take all with `--format json`")?;
        }
        if !report.notes.is_empty() && (!report.works.is_empty() || report.item.is_some()) {
            writeln!(self.out)?;
        }
        report.notes.iter().try_for_each(|note| self.wrapped("note: ", "      ", note))
    }

    fn work(&mut self, work: &WorkAnswer, whole: bool) -> io::Result<()> {
        let by = match (&work.queue, &work.flow, &work.action) {
            (Some(_), Some(flow), Some(action)) => format!(" (the flow `{flow}` hands work to it, in `{action}`)"),
            _ => String::new(),
        };
        self.head(&format!("{}{by}", work.summary))?;
        if !whole {
            return Ok(());
        }
        let is_one = work.reps.iter().map(|group| group.users.len()).sum::<usize>() == 1 && work.steps.len() > 1;
        let has_own = work.steps.iter().any(|step| step.condition == "governed" || step.condition == "active");
        if is_one && has_own {
            self.steps(&work.steps, |_| true)?;
        } else {
            let mut told: Vec<&str> = Vec::new();
            for step in work.steps.iter().filter(|step| step.holds != Answer::Yes) {
                told.push(&step.fact.text);
                self.reason(&work.summary, step.holds, &step.fact)?;
            }
            for group in work.reps.iter().filter(|group| !told.contains(&&*group.fact.text)) {
                if group.users.len() == 1 && work.summary.ends_with(&group.fact.text) {
                    self.place(group.fact.place.as_ref(), "  ")?;
                } else {
                    self.group(group)?;
                }
            }
        }
        work.unseen.iter().try_for_each(|fact| self.reason(&work.summary, Answer::Unknown, fact))?;
        self.ways(&work.ways)
    }

    fn steps(&mut self, steps: &[StepRow], wanted: impl Fn(&StepRow) -> bool) -> io::Result<()> {
        let steps = steps.iter().filter(|step| wanted(step));
        steps.into_iter().try_for_each(|step| self.labelled(step.holds, &step.fact.text, &[], step.fact.place.as_ref()))
    }

    /// A reason; if the first line says it already, its place alone.
    fn reason(&mut self, summary: &str, answer: Answer, fact: &Fact) -> io::Result<()> {
        if summary.ends_with(&fact.text) {
            return self.place(fact.place.as_ref(), "  ");
        }
        self.labelled(answer, &fact.text, &[], fact.place.as_ref())
    }

    fn group(&mut self, group: &RepGroup) -> io::Result<()> {
        let Fact { text, place } = &group.fact;
        if group.answer == Answer::Yes || group.answer == Answer::Some {
            let names = list(&group.users, NAMES);
            return self.labelled(group.answer, &names, std::slice::from_ref(text), place.as_ref());
        }
        let names = if group.users.len() > 1 { vec![list(&group.users, NAMES)] } else { Vec::new() };
        self.labelled(group.answer, text, &names, place.as_ref())
    }

    fn ways(&mut self, ways: &[WayRow]) -> io::Result<()> {
        for (number, way) in ways.iter().enumerate() {
            let head = match (number, way.changes.len()) {
                (0, 1) => "What would help:",
                (0, _) => "What would help, all of it:",
                (_, 1) => "Or:",
                (_, _) => "Or, all of it:",
            };
            writeln!(self.out, "\n  {}", self.styled(head, Style::new().bold()))?;
            for Fact { text, place } in &way.changes {
                self.wrapped("    - ", "      ", text)?;
                self.place(place.as_ref(), "      ")?;
            }
            let names = list(&way.users, NAMES);
            match (way.users.len(), way.sure) {
                (0, _) | (1, true) => {}
                (number, true) => {
                    self.wrapped("      ", "      ", &format!("it helps {}: {names}", count(number, "rep")))?;
                }
                (_, false) => {
                    self.wrapped("      ", "      ", &format!("then nothing is known to be against {names}"))?;
                }
            }
        }
        Ok(())
    }

    fn item(&mut self, item: &ItemAnswer) -> io::Result<()> {
        self.head(&format!("{} ({})", item.summary, item.now))?;
        if !item.missing_skills.is_empty() {
            self.labelled(Answer::No, &format!("nobody has {}", list(&item.missing_skills, NAMES)), &[], None)?;
        }
        for group in &item.reps {
            let names = list(&group.users, NAMES);
            self.labelled(Answer::No, &format!("{names}: {}", group.text), &[], None)?;
        }
        let section = |printer: &mut Self, title: &str, lines: Vec<String>| {
            if lines.is_empty() {
                return Ok(());
            }
            writeln!(printer.out, "\n  {}", printer.styled(title, Style::new().bold()))?;
            lines.iter().take(ITEMS).try_for_each(|line| printer.wrapped("    - ", "      ", line))?;
            let more = lines.len().saturating_sub(ITEMS);
            if more > 0 { writeln!(printer.out, "    - and {more} more") } else { Ok(()) }
        };
        let ahead = item.ahead.iter().map(|other| format!("{}: {}", other.work_item, other.text)).collect();
        section(self, "Goes first:", ahead)?;
        let first = item.went_first.iter().map(|other| {
            let (user, at) = (other.user.as_deref().unwrap_or_default(), other.at.as_deref().unwrap_or_default());
            format!("{at} {} to {user}: {}", other.work_item, other.text)
        });
        section(self, "Came later and went first:", first.collect())?;
        let timers = item.timers.iter().map(|timer| format!("{} {}", timer.at, timer.text)).collect();
        section(self, "What time will do:", timers)?;
        if item.waits && item.timers.is_empty() {
            writeln!(self.out, "\n  No timer will end the wait: somebody must do something")?;
        }
        Ok(())
    }

    /// The first line of an answer.
    fn head(&mut self, text: &str) -> io::Result<()> {
        let mut chars = text.chars();
        let first = chars.next().map(|first| first.to_uppercase().collect::<String>()).unwrap_or_default();
        let text = printable(&format!("{first}{}", chars.as_str()));
        let lines = textwrap::wrap(&text, plain(self.width));
        lines.iter().try_for_each(|line| writeln!(self.out, "{}", self.styled(line, Style::new().bold())))
    }

    /// An answer, a sentence beside it, and what belongs to it below.
    fn labelled(&mut self, answer: Answer, text: &str, more: &[String], place: Option<&Place>) -> io::Result<()> {
        const INDENT: &str = "           ";
        let label = format!("  {:<9}", answer.as_str());
        let style = match answer {
            Answer::Yes => Style::new().green(),
            Answer::Some | Answer::Unknown => Style::new().yellow(),
            Answer::No => Style::new().red(),
        };
        let text = printable(text);
        for (number, line) in
            textwrap::wrap(&text, plain(self.width.saturating_sub(INDENT.len()).max(20))).iter().enumerate()
        {
            if number == 0 {
                write!(self.out, "{}", self.styled(&label, style))?;
            } else {
                write!(self.out, "{INDENT}")?;
            }
            writeln!(self.out, "{line}")?;
        }
        more.iter().try_for_each(|line| self.wrapped(INDENT, INDENT, line))?;
        self.place(place, INDENT)
    }

    fn place(&mut self, place: Option<&Place>, indent: &str) -> io::Result<()> {
        let Some(Place { shown, line, column, excerpt, .. }) = place else { return Ok(()) };
        let column = column.map_or_else(String::new, |column| format!(":{column}"));
        let excerpt = excerpt.as_ref().map_or_else(String::new, |excerpt| format!("  {excerpt}"));
        let text = printable(&format!("{shown}:{line}{column}{excerpt}"));
        writeln!(self.out, "{indent}{}", self.styled(&text, Style::new().dimmed()))
    }

    fn wrapped(&mut self, first: &str, rest: &str, text: &str) -> io::Result<()> {
        let text = printable(text);
        let options = plain(self.width).initial_indent(first).subsequent_indent(rest);
        textwrap::wrap(&text, options).iter().try_for_each(|line| writeln!(self.out, "{line}"))
    }

    fn styled(&self, text: &str, style: Style) -> String {
        if self.color { text.style(style).to_string() } else { text.to_owned() }
    }
}

/// Lines are broken at spaces alone: names and times stay whole.
fn plain<'w>(width: usize) -> textwrap::Options<'w> {
    textwrap::Options::new(width)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .break_words(false)
}

/// How much of the work reaches somebody.
fn overview(works: &[WorkAnswer]) -> String {
    let objects: Vec<String> = works.first().map(|work| work.objects.clone()).unwrap_or_default();
    let is_same = works.iter().all(|work| work.objects == objects);
    let what = if is_same { work(&objects) } else { "work".to_owned() };
    let queues = works.iter().filter(|work| work.queue.is_some()).count();
    let actions = works.len() - queues;
    let ways = [(queues, "queue"), (actions, "action of flows")];
    let named = ways.iter().filter(|(number, _)| *number > 0).map(|(number, noun)| match (number, *noun) {
        (1, "action of flows") => "1 action of a flow".to_owned(),
        (number, "action of flows") => format!("{number} actions of flows"),
        (number, noun) => count(*number, noun),
    });
    let named: Vec<String> = named.collect();
    let reached = works.iter().filter(|work| matches!(work.answer, Answer::Yes | Answer::Some)).count();
    let unknown = works.iter().filter(|work| work.answer == Answer::Unknown).count();
    let nobody = works.len() - reached - unknown;
    let them = if what == "work" { "it" } else { "them" };
    let mut parts = vec![format!("in {reached} somebody can be offered {them}")];
    parts.extend((nobody > 0).then(|| format!("in {nobody} nobody")));
    parts.extend((unknown > 0).then(|| format!("of {unknown} it is not known")));
    format!("{what} can come through {}: {}", named.join(" and "), parts.join(", "))
}
