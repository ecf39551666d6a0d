//! Code actions: what can be done about the findings at a place, and about a component as a whole.
//!
//! In: a range, and which kinds of actions are asked for. Out: actions, each with its whole edit. They wait for the
//! analysis, so that its places are those of the buffer.
//!
//! `fixes` are those of the checks, `silence` tells a finding to be silent, `create` makes a component that is named and
//! missing (`seed` knows what it needs), `add` the elements that a check misses, `well_formed` mends XML. `mark` says whose changes a person is to look
//! at. `draft` is what they write, `edit` how the client is told.

mod add;
mod asked;
mod create;
mod draft;
mod edit;
mod fixes;
mod mark;
mod place;
mod seed;
mod silence;
mod well_formed;

use lsp_types::{CodeActionKind, CodeActionParams, CodeActionResponse};

use crate::lsp::session::context::{Answer, Context};
use asked::Asked;
use fixes::FIX_ALL;

/// The kinds of the actions that there are.
pub(in crate::lsp) fn kinds() -> [CodeActionKind; 3] {
    [CodeActionKind::QuickFix, FIX_ALL.into(), CodeActionKind::RefactorRewrite]
}

pub(in crate::lsp) fn actions(cx: &Context<'_>, params: CodeActionParams) -> Answer<Option<Vec<CodeActionResponse>>> {
    if !cx.client.code_action_literals {
        return Ok(None);
    }
    let Some(here) = cx.here(&params.text_document.uri) else { return Ok(None) };
    let only = params.context.only;
    let wants = |kind: &CodeActionKind| match &only {
        Some(only) => only.iter().any(|asked| is_in(kind, asked)),
        // What changes a whole file is for those who ask for it.
        None => !is_in(kind, &CodeActionKind::Source),
    };
    let Some(asked) = Asked::new(cx, &here, cx.lines(&here.text).span(params.range)) else { return Ok(None) };
    let mut actions = Vec::new();
    if wants(&CodeActionKind::QuickFix) {
        for at in &asked.findings {
            fixes::of(&asked, at, &mut actions);
            actions.extend(well_formed::of(&asked, at));
            add::of(&asked, at, &mut actions);
        }
        create::of(&asked, &mut actions);
        silence::of(&asked, &mut actions);
    }
    if wants(&CodeActionKind::RefactorRewrite) {
        actions.extend(add::all_required(&asked));
    }
    if wants(&CodeActionKind::new(FIX_ALL)) {
        actions.extend(fixes::all(&asked));
    }
    Ok(Some(actions.into_iter().map(CodeActionResponse::CodeAction).collect()))
}

/// True if a kind is the asked one, or one of those below it.
fn is_in(kind: &CodeActionKind, asked: &CodeActionKind) -> bool {
    let (kind, asked) = (String::from(kind.clone()), String::from(asked.clone()));
    asked.is_empty() || kind.strip_prefix(&asked).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
