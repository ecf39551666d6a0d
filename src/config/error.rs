//! What is wrong with a configuration file, where, and what to do.

use crate::source::{LineIndex, Span};
use crate::text::{list, nearest};

/// What is wrong with a configuration file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: {message}", self.place())]
pub struct ConfigError {
    /// The file, from the working directory.
    pub file: String,
    /// Line and column, where known, from 1.
    pub position: Option<(u32, u32)>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl ConfigError {
    /// A file as a whole.
    pub(super) fn of_file(shown: &str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { file: shown.to_owned(), position: None, message: message.into(), help: help.into() }
    }

    /// The file, and where known the line and column.
    pub fn place(&self) -> String {
        match self.position {
            Some((line, column)) => format!("{}:{line}:{column}", self.file),
            None => self.file.clone(),
        }
    }

    /// A place in a file.
    pub(super) fn at(shown: &str, text: &str, span: Span, message: impl Into<String>, help: impl Into<String>) -> Self {
        let position = LineIndex::new(text).position(span.start);
        let position = Some((position.line, position.column));
        Self { file: shown.to_owned(), position, message: message.into(), help: help.into() }
    }

    /// What the TOML reader says.
    pub(super) fn of_toml(shown: &str, text: &str, error: &toml::de::Error) -> Self {
        let span = error.span().unwrap_or_default();
        let span = Span::new(span.start as u32, span.end as u32);
        let (message, help) = words(error.message());
        Self::at(shown, text, span, message, help)
    }
}

/// serde words an unknown name so: ``unknown field `x`, expected one of `a`, `b` ``.
fn words(said: &str) -> (String, String) {
    let said = said.trim();
    let quoted: Vec<&str> = said.split('`').skip(1).step_by(2).collect();
    let what = if said.starts_with("unknown field") {
        "key"
    } else if said.starts_with("unknown variant") {
        "value"
    } else {
        return (said.to_owned(), "correct the file; schemas/config.schema.json describes it".to_owned());
    };
    let (Some((found, known)), true) = (quoted.split_first(), quoted.len() > 1) else {
        return (said.to_owned(), "remove it".to_owned());
    };
    let help = match nearest(found, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("use one of {}", list(known, 20)),
    };
    (format!("unknown {what} `{found}`"), help)
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn unknown_names_get_the_nearest() {
        let (message, help) = words("unknown field `strct`, expected one of `strict`, `world`");
        assert_eq!((message.as_str(), help.as_str()), ("unknown key `strct`", "did you mean `strict`?"));
        let (message, help) = words("unknown variant `loud`, expected `off` or `on`");
        assert_eq!((message.as_str(), help.as_str()), ("unknown value `loud`", "use one of `off` and `on`"));
    }
}
