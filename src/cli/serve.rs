//! `omnic serve`

mod components;
mod greeting;
mod schemas;
mod watch;

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{ArgMatches, Args, ValueEnum};

use super::compile::{self, CompileRequest, ErrorArgs};
use super::project::ProjectArgs;
use super::run::{is_plan, read_options, read_plan, without_project_options};
use super::write::Outputs;
use super::{CLEAN, Color, Failure, OUTPUT, output};
use crate::plan::Plan;
use crate::runtime::RoutingOptions;
use crate::serve::bayeux::BayeuxOptions;
use crate::serve::clock::Pace;
use crate::serve::journal::JournalError;
use crate::serve::{
    AccessOptions, Clients, Limits, OrgOptions, Reload, ServeError, ServerOptions, StartError, TlsError, TlsOptions,
    development_password, start,
};
use crate::source;
pub use schemas::schemas;

const SERVER: &str = "Server";

/// What is read of a file of passwords.
const MOST_PASSWORDS: u64 = 1024 * 1024;

#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  omnic serve                                        # the project here, at http://127.0.0.1:8800
  omnic serve plan.json --port 0 --format json       # for scripts: a free port, and one line of JSON that names it
  omnic serve --records org --watch                  # with the org's users; a change of the project counts at once
  omnic serve --data .omnic --clock x10              # what happened is kept; an hour takes six minutes
  omnic serve --components force-app                 # run the project's Aura components and Visualforce pages in a browser
  omnic serve --tls-ca ca.pem                        # with TLS, for clients that insist on it: they trust ca.pem
  omnic serve --clock manual                         # time stands still until POST /omnic/v1/clock moves it

Exit status:
  0  it was ended by a signal
  1  the project has errors, and --allow-errors was not given; nothing was served
  2  wrong arguments, something that could not be read or written, nothing to compile, or an address that is taken")]
pub struct ServeArgs {
    /// Port to listen at; 0 is any that is free
    #[arg(long, value_name = "PORT", default_value_t = 8800, help_heading = SERVER)]
    port: u16,
    /// Address to listen at; at another than this machine's own it speaks TLS
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1", value_parser = parse_host, help_heading = SERVER)]
    host: IpAddr,
    /// Speak TLS, with a certificate that a CA of the server's own signs
    #[arg(long, help_heading = SERVER)]
    tls: bool,
    /// Write the certificate that clients must trust to this file
    #[arg(long, value_name = "FILE", help_heading = SERVER, conflicts_with = "tls_cert")]
    tls_ca: Option<PathBuf>,
    /// Certificate of your own, PEM with its chain [default: one that a CA of the server's own signs]
    #[arg(long, value_name = "FILE", help_heading = SERVER, requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// Private key of --tls-cert, PEM
    #[arg(long, value_name = "FILE", help_heading = SERVER, requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// Speak no TLS at another address: tokens and data go over the network unencrypted
    #[arg(long, help_heading = SERVER, conflicts_with_all = ["tls", "tls_ca", "tls_cert"])]
    allow_http: bool,
    /// What URLs in answers begin with; a path in it needs a proxy in front that takes it off [default: what the request's
    /// Host header says]
    #[arg(long, value_name = "URL", value_parser = parse_url, help_heading = SERVER)]
    external_url: Option<String>,
    /// Folder for the journal: nothing that was answered is lost, whatever ends the process [default: in memory]
    #[arg(long, value_name = "DIR", help_heading = SERVER)]
    data: Option<PathBuf>,
    /// Take data of another plan: records stay, and routing begins again
    #[arg(long, requires = "data", help_heading = SERVER)]
    new_plan: bool,
    /// Clock: `real`, `manual`, or for ten times as fast `x10`
    #[arg(long, value_name = "CLOCK", default_value = "real", help_heading = SERVER)]
    clock: Pace,
    /// File of passwords, a JSON object by username [default: one password for all, printed at the start]
    #[arg(long, value_name = "FILE", help_heading = SERVER)]
    passwords: Option<PathBuf>,
    /// File of clients (connected apps), a JSON object by client id: only these may log in through OAuth [default: any]
    #[arg(long, value_name = "FILE", help_heading = SERVER)]
    clients: Option<PathBuf>,
    /// Refuse SOAP `login()`, as orgs do that were made since Winter '26
    #[arg(long, help_heading = SERVER)]
    no_soap_login: bool,
    /// End sessions that are not used for this long, by the org's clock [default: with the server]
    #[arg(long, value_name = "MINUTES", value_parser = clap::value_parser!(u32).range(1..=1_440), help_heading = SERVER)]
    session_minutes: Option<u32>,
    /// Answer this many REST requests in 24 hours, by the org's clock
    #[arg(long, value_name = "N", default_value_t = 1_000_000, help_heading = SERVER)]
    api_requests: u32,
    /// File of routing options, `.toml` or `.json`: what to do where the documentation is silent
    #[arg(long, value_name = "FILE", help_heading = SERVER)]
    options: Option<PathBuf>,
    /// Folder of Aura components and Visualforce pages, to be run by a page against this org
    #[arg(long, value_name = "DIR", help_heading = SERVER)]
    components: Option<PathBuf>,
    /// Compile the project again when one of its files changes
    #[arg(long, help_heading = SERVER)]
    watch: bool,
    /// Print each request on standard error
    #[arg(long, value_name = "WHAT", help_heading = OUTPUT)]
    log: Option<Log>,
    /// How to say on standard output where it listens
    #[arg(long, value_name = "FORMAT", default_value = "human", help_heading = OUTPUT)]
    format: Form,
    #[command(flatten)]
    errors: ErrorArgs,
    #[command(flatten)]
    project: ProjectArgs,
}

impl ServeArgs {
    /// How TLS is spoken; none: it is not.
    fn tls_options(&self) -> Option<TlsOptions> {
        let asked = self.tls || self.tls_ca.is_some() || self.tls_cert.is_some();
        let is_open = !self.host.is_loopback() && !self.allow_http;
        (asked || is_open).then(|| TlsOptions {
            folder: self.data.as_ref().map(|data| data.join("tls")),
            ca: self.tls_ca.clone(),
            own: self.tls_cert.clone().zip(self.tls_key.clone()),
        })
    }
}

/// What is logged.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Log {
    /// Each request
    Requests,
}

/// How the start is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// What to do next
    Human,
    /// One JSON object
    Json,
}

fn parse_host(text: &str) -> Result<IpAddr, String> {
    text.parse().map_err(|_| "write an address, such as `127.0.0.1` or `::1`, instead of a name".to_owned())
}

/// A URL of a host, with or without a port and a path.
fn parse_url(text: &str) -> Result<String, String> {
    let wrong = |problem: &str| Err(problem.to_owned());
    let Some(rest) = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://")) else {
        return wrong("it begins with `http://` or `https://`");
    };
    if rest.contains(['?', '#']) {
        return wrong("paths are added to it, so it has no query and no fragment");
    }
    let host = rest.split('/').next().unwrap_or_default();
    if host.contains('@') {
        return wrong("it has no user name and no password: clients log in by themselves");
    }
    let (name, port) = match host.rsplit_once(':').filter(|(_, port)| !port.ends_with(']')) {
        Some((name, port)) => (name, Some(port)),
        None => (host, None),
    };
    let is_v6 = |name: &str| {
        let inner = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        inner.is_some_and(|inner| inner.parse::<std::net::Ipv6Addr>().is_ok())
    };
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte));
    if !(is_name || is_v6(name)) || port.is_some_and(|port| port.parse::<u16>().is_err()) {
        return wrong("behind `//` it has a host, such as `omnic.example` or `omnic.example:8800`");
    }
    if rest.contains(|letter: char| letter.is_whitespace() || letter.is_control() || !letter.is_ascii()) {
        return wrong("its path has characters that an address has not");
    }
    Ok(text.trim_end_matches('/').to_owned())
}

pub(super) fn run(args: Box<ServeArgs>, matches: &ArgMatches) -> Result<u8, Failure> {
    let routing = args.options.as_deref().map_or_else(|| Ok(RoutingOptions::default()), read_options)?;
    let passwords = args.passwords.as_deref().map(read_passwords).transpose()?;
    let clients = args.clients.as_deref().map(read_clients).transpose()?;
    let args = Arc::new(*args);
    let plan = match read(&args, matches)? {
        Ok(plan) => plan,
        Err(status) => return Ok(status),
    };
    if let Some(folder) = args.components.as_deref().filter(|folder| !folder.is_dir()) {
        let shown = source::display(folder);
        return Err(Failure::new(format!("there is no folder `{shown}`"))
            .with_help("name the folder that holds the components"));
    }
    let password = development_password();
    let options = ServerOptions {
        host: args.host,
        port: args.port,
        external: args.external_url.clone(),
        log: args.log.map(|Log::Requests| Box::new(output::complain) as crate::serve::Log),
        limits: Limits::default(),
        tls: args.tls_options(),
        components: args.components.as_deref().map(components::reader),
        org: OrgOptions {
            pace: args.clock,
            data: args.data.clone(),
            new_plan: args.new_plan,
            routing,
            passwords,
            password: password.clone(),
            access: AccessOptions {
                session_minutes: args.session_minutes,
                api_requests: args.api_requests,
                soap_login: !args.no_soap_login,
                clients,
            },
            streaming: BayeuxOptions::default(),
        },
    };
    let summary = greeting::Summary::of(&plan);
    let running = start(plan, options, Some(reload(&args, matches))).map_err(|error| failure(&error, args.new_plan))?;
    if let Some(cut) = &running.recovered.cut {
        output::complain(&format!(
            "note: the last {} bytes of `{}` were written in part when the process ended; nothing of them was \
             acknowledged, and they are left out",
            cut.bytes, cut.file
        ));
    }
    if let Some(file) = &running.recovered.damaged_snapshot {
        output::complain(&format!(
            "note: `{file}` is damaged; an older snapshot and the log since then were read instead"
        ));
    }
    if let Some(problem) = &running.recovered.not_replayed {
        output::complain(&format!(
            "note: {problem}; `--new-plan` was given, so records stayed, and routing began again"
        ));
    }
    if !args.host.is_loopback() && !running.is_secure {
        output::complain("warning: tokens and data go over the network unencrypted");
    }
    let is_one_password = args.passwords.is_none();
    greeting::greet(&args, &running, &summary, is_one_password.then_some(password.as_str()))?;
    let watcher = args.watch.then(|| watch::watch(&args.project.path, running.reloader()));
    running.run_until_signal().map_err(|error| failure(&error, args.new_plan))?;
    drop(watcher);
    Ok(CLEAN)
}

fn failure(error: &ServeError, new_plan: bool) -> Failure {
    let failure = Failure::new(error.to_string());
    match error {
        ServeError::Listen { .. } => failure.with_help("choose another `--port`; 0 is any that is free"),
        ServeError::Org(StartError::Journal(JournalError::OtherPlan { .. })) => {
            failure.with_help("name another folder, or add `--new-plan`: records stay, and routing begins again")
        }
        ServeError::Org(StartError::Journal(JournalError::Folder { .. })) => {
            failure.with_help("name a folder that can be written with `--data`, or leave it out to keep everything in memory")
        }
        ServeError::Org(StartError::Replay(_) | StartError::Entry(_) | StartError::State(_)) => {
            failure.with_help(if new_plan {
                "start with the version of omnic that wrote the data, or name another folder"
            } else {
                "start once with `--new-plan`: records stay, and routing begins again; or start with the version of omnic \
                 that wrote the data"
            })
        }
        ServeError::Org(StartError::OtherOptions) => {
            failure.with_help("start with the `--options` that the data was made with, or name another folder")
        }
        ServeError::Tls(TlsError::File { .. } | TlsError::Content { .. } | TlsError::Use(_)) => {
            failure.with_help("name other files, or leave them out: the server makes a certificate then")
        }
        ServeError::Org(StartError::Runtime(_)) => {
            failure.with_help("compile the project again, or correct the options")
        }
        _ => failure,
    }
}

/// The plan, or the exit status if there is a project that cannot be compiled.
fn read(args: &ServeArgs, matches: &ArgMatches) -> Result<Result<Plan, u8>, Failure> {
    let path = &args.project.path;
    if is_plan(path) {
        without_project_options(path, matches)?;
        if args.watch {
            return Err(Failure::new("`--watch` is for a project, and a plan is compiled already")
                .with_help("name the project instead of the plan"));
        }
        return read_plan(path).map(Ok);
    }
    let outputs = Outputs::default();
    let request = CompileRequest {
        errors: &args.errors,
        color: Color::Auto,
        outcome: "nothing is served",
        outputs: &outputs,
        goes_on: true,
    };
    compile::plan(&args.project, matches, &request)
}

/// How the plan is made again. A plan's file is read again.
fn reload(args: &Arc<ServeArgs>, matches: &ArgMatches) -> Reload {
    let (args, matches) = (Arc::clone(args), matches.clone());
    Box::new(move || match read(&args, &matches) {
        Ok(Ok(plan)) => Ok(plan),
        Ok(Err(_)) => Err("the project has errors, which the terminal shows".to_owned()),
        Err(failure) => Err(failure.message),
    })
}

/// Certificates are named from the folder of the file.
fn read_clients(path: &Path) -> Result<Clients, Failure> {
    let shown = source::display(path);
    let unusable = |problem: &dyn std::fmt::Display| Failure::new(format!("`{shown}` cannot be used: {problem}"));
    let text = source::read_named(path, MOST_PASSWORDS).map_err(|problem| unusable(&problem))?;
    let folder = path.parent().unwrap_or(Path::new(""));
    Clients::read(&text, |file| {
        source::read_named(&folder.join(file), MOST_PASSWORDS).map(String::into_bytes).map_err(std::io::Error::other)
    })
    .map_err(|problem| {
        unusable(&problem)
            .with_help("write a JSON object, such as {\"my-client\":{\"secret\":\"…\",\"certificate\":\"client.crt\"}}")
    })
}

fn read_passwords(path: &Path) -> Result<BTreeMap<String, String>, Failure> {
    let shown = source::display(path);
    let text = source::read_named(path, MOST_PASSWORDS)
        .map_err(|problem| Failure::new(format!("`{shown}` cannot be read: {problem}")))?;
    serde_json::from_str(&text).map_err(|error| {
        Failure::new(format!("`{shown}` is not a file of passwords: {error}"))
            .with_help("write a JSON object, such as {\"ada@acme.example\":\"her password\"}")
    })
}
