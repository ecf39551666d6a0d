//! What is said when the server listens.

use serde::Serialize;

use super::super::{Failure, output};
use super::{Form, ServeArgs};
use crate::plan::Plan;
use crate::serve::{NEWEST, Running};
use crate::text::{Content, count, json};

/// What of a plan is told.
pub(super) struct Summary {
    queues: usize,
    users: usize,
}

impl Summary {
    pub(super) fn of(plan: &Plan) -> Self {
        let users = plan.tables.users.len().max(plan.tables.agents.as_ref().map_or(0, Vec::len));
        Self { queues: plan.tables.queues.len(), users }
    }
}

/// The first line of `--format json`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Started<'a> {
    url: &'a str,
    access_token: &'a str,
    organization_id: &'a str,
    api_version: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    password: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ca_certificate: Option<&'a str>,
}

/// Says where the server listens, and what to do next.
pub(super) fn greet(
    args: &ServeArgs,
    running: &Running,
    summary: &Summary,
    password: Option<&str>,
) -> Result<(), Failure> {
    let scheme = if running.is_secure { "https" } else { "http" };
    let url = args.external_url.clone().unwrap_or_else(|| {
        if args.host.is_unspecified() {
            format!("{scheme}://127.0.0.1:{}", running.address.port())
        } else {
            format!("{scheme}://{}", running.address)
        }
    });
    let ca = running.ca.as_deref().map(|path| path.to_string_lossy().into_owned());
    let token = &running.token;
    let api_version = format!("{NEWEST}.0");
    if args.format == Form::Json {
        let started = Started {
            url: &url,
            access_token: token,
            organization_id: &running.organization,
            api_version,
            password,
            ca_certificate: ca.as_deref(),
        };
        return output::print(Content::Data, |out| {
            writeln!(out, "{}", json::text(&started))?;
            out.flush()
        });
    }
    let users = password.map_or_else(
        || "each user has the password that the file gives".to_owned(),
        |password| format!("{password}, for each user; SOAP and OAuth logins take it"),
    );
    output::print(Content::Text, |out| {
        writeln!(
            out,
            "An org with {} and {} is at {url}\n",
            count(summary.queues, "queue"),
            count(summary.users, "user")
        )?;
        writeln!(out, "  Token     {token}")?;
        writeln!(out, "  Password  {users}")?;
        writeln!(out, "  Consoles  {url}/console#token={token}")?;
        if let Some(ca) = &ca {
            writeln!(out, "  CA        {ca}: clients must trust this certificate")?;
        } else if running.is_secure && args.tls_cert.is_none() {
            writeln!(out, "  CA        add --tls-ca FILE to have the certificate that clients must trust")?;
        }
        writeln!(out)?;
        writeln!(out, "Ask it something:")?;
        let trust = ca.as_ref().map(|ca| format!("--cacert '{ca}' ")).unwrap_or_default();
        writeln!(out, "  curl {trust}-H 'Authorization: Bearer {token}' \\")?;
        writeln!(out, "    '{url}/services/data/v{api_version}/query?q=SELECT+Id,Username+FROM+User'\n")?;
        writeln!(out, "Let the Salesforce CLI use it:")?;
        let trust = ca.as_ref().map(|ca| format!("NODE_EXTRA_CA_CERTS='{ca}' ")).unwrap_or_default();
        writeln!(out, "  {trust}SF_ACCESS_TOKEN='{token}' \\")?;
        writeln!(out, "    sf org login access-token --instance-url {url} --no-prompt --alias omnic\n")?;
        writeln!(out, "docs/serve.md says what is served. Ctrl-C ends it.")?;
        out.flush()
    })
}
