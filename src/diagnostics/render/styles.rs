//! Colours of the human format.

use owo_colors::Style;

use crate::diagnostics::Severity;

/// The styles of everything that is not the file's own text; all empty without colour.
pub(super) struct Styles {
    pub(super) error: Style,
    pub(super) warning: Style,
    pub(super) note: Style,
    pub(super) related: Style,
    pub(super) message: Style,
    pub(super) help: Style,
    pub(super) line_number: Style,
}

impl Styles {
    pub(super) const fn new(color: bool) -> Self {
        let plain = Style::new();
        if !color {
            return Self {
                error: plain,
                warning: plain,
                note: plain,
                related: plain,
                message: plain,
                help: plain,
                line_number: plain,
            };
        }
        Self {
            error: plain.red().bold(),
            warning: plain.yellow().bold(),
            note: plain.cyan().bold(),
            related: plain.blue().bold(),
            message: plain.bold(),
            help: plain.green().bold(),
            line_number: plain.dimmed(),
        }
    }

    pub(super) const fn of(&self, severity: Severity) -> Style {
        match severity {
            Severity::Error => self.error,
            Severity::Warning => self.warning,
            Severity::Note => self.note,
        }
    }
}
