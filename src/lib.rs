//! `omnic`, the compiler for Salesforce Omni-Channel configuration.
//!
//! It reads the Metadata API files of a project, tells what is wrong with them, compiles what is right into a routing
//! plan, and executes that plan.
//!
//! # From files to a plan
//!
//! - [`setup`] finds the project around a path, with its settings: [`source`] knows its files, [`config`] what
//!   `omnic.toml` says, [`records`] what was exported from its org.
//! - [`analyse`] leads from a project, or from texts, to a graph and the findings. [`xml`], [`schema`] and [`metadata`]
//!   read one file, [`graph`] is all of them together, [`checks`] find what is wrong, and [`triage`] leaves out what the
//!   user does not want to hear.
//! - [`diagnostics`] writes findings in every output format, and [`fix`] makes the changes that they propose.
//! - [`answers`] says what can be said about a component: facts, numbers, why a rep is offered work or not, the graph
//!   around it.
//! - [`compile`] makes a plan of an analysis, or says why there is none. [`plan`] is what it makes: tables, as canonical
//!   JSON.
//!
//! # From a plan to what happens
//!
//! - [`runtime`] executes a plan: events with their times go in, effects come out, and its state can be saved.
//! - [`script`] reads events and options that people write, and [`narrate`] says in sentences what happened.
//! - [`compare`] says what another plan does to work, with an item of work played through both.
//!
//! # Features
//!
//! All are on unless `default-features = false` is set.
//!
//! - `cli`: the command line, and the program.
//! - `lsp`: the module `lsp`, the language server.
//! - `serve`: the module `serve`, the emulator of an org.
//!
//! # Example
//!
//! A queue with one member is analysed, compiled, and given one case to route.
//!
//! ```
//! use omnic::analyse::{Options, TextFile, analyse_texts};
//! use omnic::compile::{OnErrors, compile};
//! use omnic::diagnostics::Severity;
//! use omnic::runtime::{Effect, RoutingOptions, Runtime, Timed};
//! use omnic::source::{ApiVersion, Layout};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let component = |path: &str, name: &str, elements: &str| TextFile {
//!     path: path.to_owned(),
//!     text: format!("<{name} xmlns=\"http://soap.sforce.com/2006/04/metadata\">{elements}</{name}>"),
//!     package: 0,
//!     ignored: false,
//! };
//! let files = vec![
//!     component(
//!         "serviceChannels/Cases.serviceChannel",
//!         "ServiceChannel",
//!         "<label>Cases</label><relatedEntityType>Case</relatedEntityType>",
//!     ),
//!     component(
//!         "servicePresenceStatuses/Available.servicePresenceStatus",
//!         "ServicePresenceStatus",
//!         "<channels><channel>Cases</channel></channels><label>Available</label>",
//!     ),
//!     component(
//!         "presenceUserConfigs/Reps.presenceUserConfig",
//!         "PresenceUserConfig",
//!         "<assignments><users><user>ada@acme.example</user></users></assignments>
//!          <capacity>5</capacity><label>Reps</label>",
//!     ),
//!     component(
//!         "queueRoutingConfigs/Cases.queueRoutingConfig",
//!         "QueueRoutingConfig",
//!         "<capacityWeight>1</capacityWeight><label>Cases</label>
//!          <routingModel>LEAST_ACTIVE</routingModel><routingPriority>1</routingPriority>",
//!     ),
//!     component(
//!         "queues/Support.queue",
//!         "Queue",
//!         "<name>Support</name>
//!          <queueMembers><users><user>ada@acme.example</user></users></queueMembers>
//!          <queueRoutingConfig>Cases</queueRoutingConfig>
//!          <queueSobject><sobjectType>Case</sobjectType></queueSobject>",
//!     ),
//! ];
//!
//! // What is wrong? Without errors there is a plan.
//! let analysis = analyse_texts(files, Layout::Mdapi, ApiVersion::NEWEST, &Options::default());
//! assert_eq!(analysis.diagnostics.iter().filter(|found| found.severity == Severity::Error).count(), 0);
//! let plan = compile(&analysis, &[], OnErrors::Refuse)?;
//!
//! // A rep comes online, and a case comes into the queue.
//! let mut runtime = Runtime::new(&plan, RoutingOptions::default())?;
//! let mut effects = Vec::new();
//! for line in [
//!     r#"{"at":"2026-11-23T08:00:00Z","event":"login","user":"ada@acme.example","statusId":"Available"}"#,
//!     r#"{"at":"2026-11-23T08:00:05Z","event":"workArrived","workItemId":"4711","object":"Case",
//!         "route":{"queue":"Support"}}"#,
//! ] {
//!     let Timed { at, event } = serde_json::from_str(line)?;
//!     effects.extend(runtime.apply(at, &event)?);
//! }
//!
//! // She is offered it.
//! let offers = effects.iter().filter(|timed| matches!(timed.effect, Effect::AgentWorkCreated { .. }));
//! assert_eq!(offers.count(), 1);
//! # Ok(())
//! # }
//! ```

pub mod analyse;
pub mod answers;
mod caseless;
pub mod checks;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
pub mod compare;
pub mod compile;
pub mod config;
pub mod diagnostics;
#[doc(hidden)]
pub mod docs;
pub mod fix;
pub mod graph;
#[cfg(feature = "lsp")]
pub mod lsp;
pub mod metadata;
pub mod narrate;
pub mod plan;
pub mod records;
pub mod runtime;
pub mod schema;
pub mod script;
#[cfg(feature = "serve")]
pub mod serve;
pub mod setup;
pub mod source;
#[doc(hidden)]
pub mod text;
pub mod triage;
pub mod xml;
