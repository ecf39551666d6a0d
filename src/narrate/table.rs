//! The figures of a run as tables for people.

use super::words::duration;
use super::{AgentFigures, QueueFigures, RefusedEvent, RunSummary, clock};
use crate::text::{count, printable};

/// More refusals than this are counted.
const MOST: usize = 50;

impl RunSummary {
    /// Lines of text.
    pub fn lines(&self) -> Vec<String> {
        let events = count(self.events, "event");
        let time = match (self.from, self.until) {
            (Some(from), Some(until)) if from.to_string().get(..10) == until.to_string().get(..10) => {
                format!("{events}, {} to {}", from, clock(until))
            }
            (Some(from), Some(until)) => format!("{events}, {from} to {until}"),
            _ => events,
        };
        let mut lines = vec![String::new(), format!("Summary: {time}")];
        if !self.queues.is_empty() {
            let head = ["Queue", "arrived", "offered", "answered", "declined", "timed out", "waiting", "longest wait"];
            lines.extend(table(head, self.queues.iter().map(queue)));
        }
        if !self.agents.is_empty() {
            let head =
                ["Rep", "handled", "open", "declined", "timed out", "logged in", "busy", "capacity", "interruptible"];
            lines.extend(table(head, self.agents.iter().map(agent)));
        }
        if !self.refusals.is_empty() {
            lines.push(String::new());
            lines.push("Refused".to_owned());
            lines.extend(self.refusals.iter().take(MOST).map(refused));
            let more = self.refusals.len().saturating_sub(MOST);
            lines.extend((more > 0).then(|| format!("and {}", count(more, "more refusal"))));
        }
        lines
    }
}

fn queue(row: &QueueFigures) -> [String; 8] {
    let name = row.queue.as_ref().map_or_else(|| "(no queue)".to_owned(), |queue| printable(queue));
    let wait = row.longest_wait.map_or_else(|| "-".to_owned(), duration);
    let numbers = [row.arrived, row.offered, row.answered, row.declined, row.timed_out, row.waiting];
    let [arrived, offered, answered, declined, timed_out, waiting] = numbers.map(|number| number.to_string());
    [name, arrived, offered, answered, declined, timed_out, waiting, wait]
}

fn agent(row: &AgentFigures) -> [String; 9] {
    let part = |part: Option<f64>| part.map_or_else(|| "-".to_owned(), |part| format!("{:.0}%", part * 100.0));
    let numbers = [row.handled, row.open, row.declined, row.timed_out].map(|number| number.to_string());
    let [handled, open, declined, timed_out] = numbers;
    let times = [row.logged_in, row.busy].map(duration);
    let [logged_in, busy] = times;
    let [capacity, interruptible] = [row.capacity_used, row.interruptible_capacity_used].map(part);
    [printable(&row.user), handled, open, declined, timed_out, logged_in, busy, capacity, interruptible]
}

fn refused(refused: &RefusedEvent) -> String {
    printable(&format!("line {}: `{}`: {}", refused.line, refused.event, refused.message))
}

/// An empty line, and rows under a head: the first column to the left, numbers to the right.
fn table<const N: usize>(head: [&str; N], rows: impl Iterator<Item = [String; N]>) -> Vec<String> {
    let rows: Vec<[String; N]> = std::iter::once(head.map(str::to_owned)).chain(rows).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let widths: Vec<usize> = (0..N).map(width).collect();
    let cell = |(column, text): (usize, &String)| {
        let space = " ".repeat(widths[column].saturating_sub(text.chars().count()));
        if column == 0 { format!("{text}{space}") } else { format!("  {space}{text}") }
    };
    let line = |row: &[String; N]| row.iter().enumerate().map(cell).collect::<String>();
    std::iter::once(String::new()).chain(rows.iter().map(line)).collect()
}
