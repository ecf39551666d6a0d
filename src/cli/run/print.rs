//! Sentences on the terminal.

use std::io::{self, Write};

use owo_colors::{OwoColorize, Style};

use crate::narrate::{Sentence, Tone, clock};
use crate::text::printable;

/// Writes sentences, each with its time, under a line for each day.
pub(super) struct Printer {
    color: bool,
    /// The day of the sentence before.
    day: String,
}

const fn style(tone: Tone) -> Style {
    let plain = Style::new();
    match tone {
        Tone::Event => plain.bold(),
        Tone::Offer => plain.green(),
        Tone::Trouble => plain.yellow(),
        Tone::Plain => plain,
        Tone::Refusal => plain.red(),
    }
}

impl Printer {
    pub(super) const fn new(color: bool) -> Self {
        Self { color, day: String::new() }
    }

    pub(super) fn write(&mut self, sentence: &Sentence, out: &mut dyn Write) -> io::Result<()> {
        let date = sentence.at.to_string();
        if let Some((day, _)) = date.split_once('T')
            && day != self.day
        {
            day.clone_into(&mut self.day);
            if self.color { writeln!(out, "{}", day.dimmed()) } else { writeln!(out, "{day}") }?;
        }
        let time = clock(sentence.at);
        let text = printable(&sentence.text);
        if self.color {
            writeln!(out, "{} {}", time.dimmed(), text.style(style(sentence.tone)))?;
        } else {
            writeln!(out, "{time} {text}")?;
        }
        // Under the sentence.
        let space = " ".repeat(time.len() + 3);
        sentence.details.iter().try_for_each(|line| writeln!(out, "{space}{}", printable(line)))
    }
}
