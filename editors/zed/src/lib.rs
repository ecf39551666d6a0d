//! Tells Zed how `omnic lsp` is started, and hands it what Zed's settings say below `lsp.omnic`.

use zed_extension_api::settings::LspSettings;
use zed_extension_api::{self as zed, Command, LanguageServerId, Result, Worktree, serde_json};

/// The section that the server asks for.
const SECTION: &str = "omnic";

const INSTALL: &str =
    "`omnic` is not on the PATH: install it with `cargo install --path . --locked` in a checkout of its repository";

struct Omnic;

impl zed::Extension for Omnic {
    fn new() -> Self {
        Self
    }

    fn language_server_command(&mut self, _: &LanguageServerId, worktree: &Worktree) -> Result<Command> {
        let command = worktree.which("omnic").ok_or(INSTALL)?;
        Ok(Command { command, args: vec!["lsp".to_owned()], env: worktree.shell_env() })
    }

    fn language_server_initialization_options(
        &mut self,
        id: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<serde_json::Value>> {
        Ok(LspSettings::for_worktree(id.as_ref(), worktree)?.initialization_options)
    }

    /// Zed answers a request for a section by looking into this for its name.
    fn language_server_workspace_configuration(
        &mut self,
        id: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<serde_json::Value>> {
        let settings = LspSettings::for_worktree(id.as_ref(), worktree)?.settings;
        Ok(settings.map(|settings| if settings.get(SECTION).is_some() { settings } else { section(settings) }))
    }
}

fn section(settings: serde_json::Value) -> serde_json::Value {
    serde_json::json!({ SECTION: settings })
}

zed::register_extension!(Omnic);
