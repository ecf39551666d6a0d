//! The JSON Schemas of bodies and answers.

use schemars::{Schema, schema_for};

use super::calls::Call;
use super::sign_in::{SignIn, SignedIn};
use super::stream::{Heard, Listening};
use crate::serve::control::schema_text;

/// The schemas by the names of their files, without `.schema.json`.
pub(crate) fn schemas() -> Vec<(&'static str, String)> {
    let all: [(&'static str, Schema); 5] = [
        ("serve-console-call", schema_for!(Call)),
        ("serve-console-sign-in", schema_for!(SignIn)),
        ("serve-console-sign-in-answer", schema_for!(SignedIn)),
        ("serve-console-stream", schema_for!(Listening)),
        ("serve-console-stream-answer", schema_for!(Heard)),
    ];
    all.iter().map(|(name, schema)| (*name, schema_text(schema))).collect()
}
