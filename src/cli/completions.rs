//! `omnic completions`

use std::io;

use clap::{Args, ValueEnum};
use clap_complete::{Generator, Shell as Common};
use clap_complete_nushell::Nushell;

use super::{CLEAN, Failure, command, output};
use crate::text::Content;

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    omnic completions bash > ~/.local/share/bash-completion/completions/omnic\n  \
    omnic completions fish > ~/.config/fish/completions/omnic.fish\n  \
    omnic completions zsh > ~/.zfunc/_omnic        (a folder of $fpath)")]
pub(super) struct CompletionsArgs {
    /// Shell to complete in
    #[arg(value_enum)]
    shell: Shell,
}

/// A shell whose completions can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Shell {
    /// Bash
    Bash,
    /// Elvish
    Elvish,
    /// Fish
    Fish,
    /// Nushell
    Nushell,
    /// PowerShell
    Powershell,
    /// Zsh
    Zsh,
}

impl Shell {
    /// Every one of them.
    pub fn all() -> &'static [Self] {
        Self::value_variants()
    }

    fn generator(self) -> &'static dyn Generator {
        match self {
            Self::Bash => &Common::Bash,
            Self::Elvish => &Common::Elvish,
            Self::Fish => &Common::Fish,
            Self::Nushell => &Nushell,
            Self::Powershell => &Common::PowerShell,
            Self::Zsh => &Common::Zsh,
        }
    }

    /// The name that the shell, or its users, give to the file.
    pub fn file_name(self) -> String {
        self.generator().file_name("omnic")
    }
}

pub(super) fn run(args: &CompletionsArgs) -> Result<u8, Failure> {
    output::print(Content::Data, |out| script(args.shell, out))?;
    Ok(CLEAN)
}

/// Writes what completes the command line of `omnic` in `shell`.
///
/// # Errors
///
/// Those of `out`.
pub fn script(shell: Shell, out: &mut dyn io::Write) -> io::Result<()> {
    let mut command = command();
    command.set_bin_name(command.get_name().to_owned());
    command.build();
    shell.generator().try_generate(&command, out)
}
