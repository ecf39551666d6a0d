use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Warning;
use crate::metadata::ServicePresenceStatus;
use crate::schema::Kind;
use crate::text::list;

check!("OC405", "status-without-channel", "status_without_channel.md", [Warning]);

/// Words that say that a rep takes work.
const TAKES_WORK: [&str; 3] = ["available", "online", "ready"];

/// Words beside these that say otherwise.
const TAKES_NONE: &str = "acw after almost away back break busy class coaching conference course getting later learning \
                          leave lunch meeting meetings nearly never no non not off offline out outbound pause paused \
                          research seminar soon study training un unavailable until webinar workshop wrap";

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for status in graph.all::<ServicePresenceStatus>() {
        let component = status.component;
        let has_channels = status.value.channels.as_ref().is_some_and(|channels| !channels.names.is_empty());
        if has_channels || graph.may_hold(component, &["channels", "channel", "label"]) {
            continue;
        }
        if !sounds_available(&component.name, status.value) {
            continue;
        }
        let label = status.value.label.get().map_or("", |label| &**label);
        let is_in_name = words(&component.name).iter().any(takes_work);
        let labelled = if is_in_name { String::new() } else { format!(" (`{label}`)") };
        let message = format!(
            "the presence status `{}`{labelled} has no channels, so a rep in it is away and is offered no work, whatever \
             its name says",
            component.name
        );
        let example = graph.names(Kind::ServiceChannel);
        let example = if example.is_empty() { String::new() } else { format!(", such as {}", list(example, 3)) };
        let place = status.value.channels.as_ref().map_or(component.span, |channels| channels.span);
        cx.report(Warning, component.at(place), message)
            .label("no channels")
            .help(format!("add a `<channel>` to `channels` for each service channel that it is for{example}"));
    }
}

/// True if the name or the label of a status says that a rep in it takes work.
pub(super) fn sounds_available(name: &str, status: &ServicePresenceStatus) -> bool {
    let mut said = words(name);
    said.extend(status.label.get().map(|label| words(label)).unwrap_or_default());
    said.iter().any(takes_work) && !said.iter().any(takes_none)
}

fn takes_work(word: impl AsRef<str>) -> bool {
    TAKES_WORK.contains(&word.as_ref())
}

fn takes_none(word: impl AsRef<str>) -> bool {
    TAKES_NONE.split(' ').any(|none| none == word.as_ref())
}

/// The words of a developer name or a label, in lower case: `NotReady_2` is `not`, `ready` and `2`.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut after_lower = false;
    for c in text.chars() {
        if !c.is_alphanumeric() || (after_lower && c.is_uppercase()) {
            words.push(std::mem::take(&mut word));
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
        after_lower = c.is_lowercase();
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}
